import { expect, it } from 'vitest';
import { sayingId } from '../../../src/storage/undo/erase.ts';

it('a text names an id after a double quote or as the id of front matter, as a whole word', () => {
  const says = sayingId(['k3f9qa', 'a-b', 'x'.repeat(64)]);
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
    expect([text, says.test(text)]).toEqual([text, true]);
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
    expect([text, says.test(text)]).toEqual([text, false]);
});

it('a text without ids names none', () => {
  expect(sayingId([]).test('"a')).toBe(false);
});
