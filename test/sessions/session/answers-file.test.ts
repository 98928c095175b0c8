import * as fc from 'fast-check';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { Exit, Problem } from '../../../src/errors.ts';
import { parseYamlNodes } from '../../../src/storage/format/yaml.ts';
import { openPlace, run } from '../../support/world.ts';
import type { Place } from '../../support/world.ts';

let place: Place;
beforeEach(() => {
  place = openPlace();
});
afterEach(() => place.remove());

async function reflectWith(text: string): Promise<{ readonly exit: Exit; readonly err: string }> {
  const file = join(place.home, 'a.yaml');
  writeFileSync(file, text);
  return run(['reflect', '--answers', file], { place, input: '' });
}

describe('a file of answers', () => {
  it.each<readonly [string, string, number]>([
    ['a second document', '---\nwhat: First.\n---\nwhat: Second.\nsize: 99\n', 3],
    ['a second document without a first line of dashes', 'what: First.\n---\nwhat: Second.\n', 2],
    ['a text behind the closing dashes', '---\nwhat: First.\n---\n\nMore that I wrote.\n', 3],
    ['a text behind dots', 'what: First.\nsize: 3\n...\nMore that I wrote.\n', 3],
    ['a third document behind an empty one', 'what: First.\n---\n---\nwhat: Third.\n', 2],
    ['a text on the line of the dashes', 'what: First.\n--- Second.\n', 2],
    ['line ends of Windows', 'what: First.\r\n---\r\nwhat: Second.\r\n', 2],
    ['a line of dashes in the middle of a text', 'what: |\n  First.\n---\n  Second.\n', 3],
    ['an empty document before it', '---\n---\nwhat: First.\n', 2],
    ['JSON twice', '{"what": "First."}\n---\n{"what": "Second."}\n', 2],
  ])('is refused with the line: %s', async (_name, text, line) => {
    const { exit, err } = await reflectWith(text);
    expect([exit, existsSync(place.folder)]).toEqual([Exit.misused, false]);
    expect(err).toMatch(new RegExp(`a\\.yaml ends at\\s+line ${line} `));
  });

  it.each([
    ['JSON with a text behind it', '{"what": "First."} and more\n'],
    ['two JSON objects', '{"what": "First."}\n{"what": "Second."}\n'],
    ['a key twice', 'what: First.\nwhat: Second.\n'],
    ['a key twice in JSON', '{"what": "First.", "what": "Second."}\n'],
    ['a key twice inside', 'kinds: [{other: one, other: two}]\n'],
  ])('is refused: %s', async (_name, text) => {
    expect((await reflectWith(text)).exit).toBe(Exit.misused);
    expect(existsSync(place.folder)).toBe(false);
  });

  it.each([
    ['dashes around it', '---\nwhat: First.\n---\n'],
    ['dashes before and dots behind', '---\nwhat: First.\n...\n'],
    ['a comment behind the end', 'what: First.\n...\n# made by hand\n\n'],
    ['dashes inside a text', 'what: |\n  First.\n  ---\n  Second.\n'],
    ['dashes that begin a word', 'what:\n  --- so\n'],
    ['a comment before the dashes', '# mine\n---\nwhat: First.\n'],
  ])('is read: %s', async (_name, text) => {
    expect((await reflectWith(text)).exit).toBe(Exit.done);
  });

  it('counts documents as the YAML library does', () => {
    const line = fc.constantFrom(
      '---',
      '...',
      'a: 1',
      'b: x',
      '# c',
      '',
      '  d',
      '--- ',
      '--- {e: 1}',
      '... # end',
      '---f',
      '- g',
      'h: |',
      '  ---',
      'i: "',
      '"',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), lines => {
        const text = lines.join('\n');
        const documents = parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false });
        const [first] = documents;
        let read: string;
        try {
          parseYamlNodes(text, 'x');
          read = 'one';
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          read = error.key;
        }
        // Faults inside the first document are reported before a second document.
        if (
          !Array.isArray(documents) ||
          first === undefined ||
          first.errors.length > 0 ||
          (read !== 'one' && read !== 'storage.data-second-document')
        )
          return;
        const hasMore =
          documents
            .slice(1)
            .some(one => one.contents !== null && one.contents.range?.[0] !== one.contents.range?.[1]) ||
          documents.slice(1).some(one => one.errors.length > 0);
        expect([text, read]).toEqual([text, hasMore ? 'storage.data-second-document' : 'one']);
      }),
      { numRuns: 3000 },
    );
  });
});
