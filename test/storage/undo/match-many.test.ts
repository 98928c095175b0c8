import { expect, it } from 'vitest';
import { anySaid, anyStarts, anyWithin } from '../../../src/storage/undo/match-many.ts';

it('an id is said behind a double quote or as the id of a front matter, as a whole word', () => {
  const says = anySaid(['k3f9qa', 'a-b', 'x'.repeat(64)]);
  for (const text of [
    '{"id":"k3f9qa"}',
    '"k3f9qa',
    '"k3f9qa-copy',
    '---\nid: k3f9qa\n',
    '\nid:k3f9qa',
    '\r\nid:   "k3f9qa"',
    "\nid: 'k3f9qa'",
    '"a-b"',
    '"a-b-c',
    `"${'x'.repeat(64)}"`,
    '"" "k3f9qa"',
  ])
    expect([text, says(text)]).toEqual([text, true]);
  for (const text of [
    '',
    'k3f9qa',
    ' k3f9qa"',
    '"k3f9qab"',
    '"k3f9qa_',
    '"k3f9q',
    '" k3f9qa',
    'id: k3f9qa',
    '\nid: "\'k3f9qa',
    '\n id: k3f9qa',
    '"a"',
    '"a-"',
    '"a-bc"',
    `"${'x'.repeat(65)}"`,
  ])
    expect([text, says(text)]).toEqual([text, false]);
});

it('one of many is found where a text begins, and anywhere in it', () => {
  const [begins, within] = [anyStarts(['abc', 'z']), anyWithin(['abc', 'z'])];
  expect(['abcd', 'abc', 'zebra', 'ab', '', 'xabc'].map(begins)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(['abcd', 'xabc', 'xz', 'ab', '', 'a-bc'].map(within)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
  expect([anyStarts([])('a'), anyWithin([])('a'), anySaid([])('"a"')]).toEqual([false, false, false]);
});
