import { describe, expect, it } from 'vitest';
import { checkFields } from '../../../src/core/template-check/check-fields.ts';
import { checkJumps } from '../../../src/core/template-check/check-jumps.ts';
import { checkTemplate } from '../../../src/core/template-check/check-template.ts';
import type { Fault, YamlNode } from '../../../src/core/template/located.ts';
import type { Step, Template } from '../../../src/core/template/template.ts';
import { around, sequence, watched } from '../support.ts';

const n = 1000;
const ask = (id: string): string =>
  `  - {ask: ${id}, kind: select, words: ${id}?, heading: ${id}, options: [{key: x, label: x}]}\n`;
const many = sequence(Array.from({ length: n }, (_one, at) => ask(`q${at}`)).join(''));

/**
 * Returns the number of accesses to steps, and the faults. Comparing all steps with each other takes a
 * million accesses.
 */
function looks(check: (steps: readonly Step[], faults: Fault[]) => void): {
  readonly looks: number;
  readonly faults: readonly Fault[];
} {
  let count = 0;
  const faults: Fault[] = [];
  check(
    watched(many.steps, () => {
      count += 1;
    }),
    faults,
  );
  return { looks: count, faults };
}

const few = 10 * n;

describe('a sequence of very many steps', () => {
  it('is scanned once for all conditions', () => {
    const conditions = many.steps.map((_step, at) => ({
      when: { tests: [{ field: `q${at}`, is: ['x', 'y'] }], any: [] },
      line: at,
    }));
    const found = looks((steps, faults) => checkFields({ steps, conditions, facts: [], faults }, []));
    expect(found.looks).toBeLessThan(few);
    expect(found.faults).toEqual(
      conditions.map(({ line }) => ({
        line,
        key: 'templates.unknown-option',
        params: { field: `q${line}`, key: 'y' },
      })),
    );
  });

  it('is scanned once for all jumps', () => {
    const jumps = many.steps.map((_step, at) => ({ key: `q${n - 1 - at}`, after: at, line: at }));
    const found = looks((steps, faults) => checkJumps({ steps, jumps, faults }));
    expect(found.looks).toBeLessThan(few);
    expect(found.faults).toEqual(
      jumps.slice(n / 2).map(({ key, line }) => ({ line, key: 'templates.jump-back', params: { key } })),
    );
  });

  it('is searched for similar names once per unknown name', () => {
    // A search per jump takes minutes; the test's limit is 20 s.
    const [first] = many.steps;
    const steps = Array.from({ length: 20 * n }, (_one, at): Step => ({ ...first, key: `q${at}` }) as Step);
    const jumps = Array.from({ length: 60 * n }, (_one, at) => ({
      key: at % 2 === 0 ? 'q_77' : 'nowhere',
      after: 0,
      line: at,
    }));
    const faults: Fault[] = [];
    checkJumps({ steps, jumps, faults });
    expect(faults.every(({ line, params }) => params['near'] === (line % 2 === 0 ? 'q77' : 'q19999'))).toBe(
      true,
    );
    expect(faults).toHaveLength(jumps.length);
  });

  it('is scanned once for everything that another sequence uses from it', () => {
    const uses = list(many.steps.map((_step, at) => map({ use: `many/q${at}` })));
    let found: readonly Step[] = [];
    const counted = looks((steps, faults) => {
      const { value, faults: wrong } = checkTemplate(
        template(uses),
        around({ many: { ...many, steps } satisfies Template }),
      );
      faults.push(...wrong);
      found = value.steps;
    });
    expect(counted.looks).toBeLessThan(few);
    expect([counted.faults, found.length]).toEqual([[], n]);
  });

  it('reuses its own questions without scanning them', () => {
    // Searching all earlier questions twice for each takes over a minute; the test's limit is 20 s.
    const times = 60_000;
    const question = map({ ask: 'q', kind: 'text', words: 'q?', heading: 'q' });
    const { value, faults } = checkTemplate(
      template(list([question, ...Array.from({ length: times }, () => map({ use: 'q' }))])),
      around(),
    );
    expect([faults, value.steps.length]).toEqual([[], times + 1]);
  });
});

function template(steps: YamlNode): YamlNode {
  return {
    is: 'map',
    line: 1,
    entries: [
      { key: 'template', line: 1, value: { is: 'scalar', line: 1, value: 1, source: '1' } },
      ...entriesOf({ name: 'small' }),
      { key: 'steps', line: 1, value: steps },
    ],
  };
}

function list(items: readonly YamlNode[]): YamlNode {
  return { is: 'list', line: 1, items };
}

function map(texts: Readonly<Record<string, string>>): YamlNode {
  return { is: 'map', line: 1, entries: entriesOf(texts) };
}

function entriesOf(
  texts: Readonly<Record<string, string>>,
): readonly { readonly key: string; readonly line: number; readonly value: YamlNode }[] {
  return Object.entries(texts).map(([key, value]) => ({
    key,
    line: 1,
    value: { is: 'scalar', line: 1, value, source: value },
  }));
}
