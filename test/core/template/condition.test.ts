import { describe, expect, it } from 'vitest';
import type { Answers } from '../../../src/core/notes/answer.ts';
import { checkCondition } from '../../../src/core/template-check/check-condition.ts';
import { holds } from '../../../src/core/template/condition.ts';
import { located } from '../support.ts';

describe('a condition', () => {
  const answers: Answers = {
    sit: 'fine',
    kinds: ['misread', 'other: x'],
    size: 7,
    outside: 3,
    ready: false,
    echo: ['none'],
    mode: 'full',
  };
  const known = { answers, asked: new Set(['sit', 'safe']) };
  const holding = (text: string): boolean => {
    const faults: [] = [];
    const condition = checkCondition(located(text), faults);
    expect(faults).toEqual([]);
    return holds(condition, known);
  };

  const rows: readonly (readonly [string, boolean])[] = [
    ['{}', true],
    ['{sit: fine}', true],
    ['{sit: mixed}', false],
    ['{sit: [mixed, fine]}', true],
    ['{sit: {is: fine}}', true],
    ['{kinds: misread}', true],
    ['{kinds: other}', true],
    ['{kinds: bored}', false],
    ['{safe: yes}', false],
    ['{sit: fine, mode: full}', true],
    ['{sit: fine, mode: quick}', false],
    ['{kinds: {not: bored}}', true],
    ['{kinds: {not: [bored, misread]}}', false],
    ['{safe: {not: yes}}', true],
    ['{echo: {only: none}}', true],
    ['{kinds: {only: misread}}', false],
    ['{kinds: {only: [misread, other]}}', true],
    ['{safe: {only: yes}}', false],
    ['{sit: {answered: true}}', true],
    ['{safe: {answered: true}}', false],
    ['{safe: {answered: false}}', true],
    ['{safe: {asked: true}}', true],
    ['{kinds: {asked: true}}', false],
    ['{kinds: {asked: false}}', true],
    ['{size: {at_least: 7}}', true],
    ['{size: {at_least: 8}}', false],
    ['{size: {at_most: 7}}', true],
    ['{size: {at_most: 6}}', false],
    ['{size: {at_least: {field: outside, plus: 4}}}', true],
    ['{size: {at_least: {field: outside, plus: 5}}}', false],
    ['{size: {at_least: {field: safe, plus: 0}}}', false],
    ['{sit: {at_least: 0}}', false],
    ['{safe: {at_most: 10}}', false],
    ['{size: {at_least: {field: outside}}}', true],
    ['{size: 7}', true],
    ['{ready: no}', true],
    ['{ready: yes}', false],
    ['{ready: {not: yes}}', true],
    ['{any: [{sit: mixed}, {size: 7}]}', true],
    ['{any: [{sit: mixed}, {size: 8}]}', false],
    ['{all: [{sit: fine}, {size: 7}]}', true],
    ['{all: [{sit: fine}, {size: 8}]}', false],
    ['{not: {sit: mixed}}', true],
    ['{not: {sit: fine}}', false],
    ['{not: {sit: fine, size: 8}}', true],
    ['{sit: fine, not: {any: [{size: 7}, {size: 8}]}}', false],
  ];
  it.each(rows)('%s is %s', (text, expected) => {
    expect(holding(text)).toBe(expected);
  });
});
