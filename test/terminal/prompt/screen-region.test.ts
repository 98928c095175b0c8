import xterm from '@xterm/headless';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openScreenRegion } from '../../../src/terminal/prompt/screen-region.ts';
import type { View } from '../../../src/terminal/prompt/screen-region.ts';

const columns = 30;
const rows = 8;

const line = fc
  .array(fc.constantFrom('word ', 'a', '漢字', ' ', 'é'), { maxLength: 5 })
  .map(parts => parts.join(''));
const view = fc.array(line, { minLength: 1, maxLength: rows - 1 }).chain(lines =>
  fc.record({
    lines: fc.constant(lines),
    cursor: fc.record({ row: fc.nat(lines.length - 1), col: fc.nat(columns - 2) }),
  }),
);

type Act =
  | { readonly is: 'draw'; readonly view: View }
  | { readonly is: 'finish'; readonly lines: readonly string[] };
const act = fc.oneof(
  { weight: 5, arbitrary: view.map((shown): Act => ({ is: 'draw', view: shown })) },
  { weight: 1, arbitrary: fc.array(line, { maxLength: 2 }).map((lines): Act => ({ is: 'finish', lines })) },
);

async function shownBy(acts: readonly Act[]): Promise<{ lines: string[]; row: number; col: number }> {
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 1000, allowProposedApi: true });
  const region = openScreenRegion(text => terminal.write(text));
  for (const each of acts) {
    if (each.is === 'draw') region.draw(each.view);
    else region.finish(each.lines);
  }
  await new Promise<void>(resolve => terminal.write('', resolve));
  const buffer = terminal.buffer.active;
  const lines = Array.from(
    { length: buffer.length },
    (_, row) => buffer.getLine(row)?.translateToString(true).trimEnd() ?? '',
  );
  return { lines, row: buffer.baseY + buffer.cursorY, col: buffer.cursorX };
}

test('after any drawing, the screen has the record and then exactly the last drawing, with the cursor in place', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 8 }), view, async (acts, last) => {
      const record = acts.flatMap(each => (each.is === 'finish' ? each.lines : []));
      const { lines, row, col } = await shownBy([...acts, { is: 'draw', view: last }]);
      const expected = [...record, ...last.lines].map(each => each.trimEnd());
      expect(lines.join('\n').trimEnd()).toBe(expected.join('\n').trimEnd());
      expect([row, col]).toEqual([record.length + last.cursor.row, last.cursor.col]);
    }),
    { numRuns: 300 },
  );
});

test('does not write unchanged lines again', () => {
  const written: string[] = [];
  const region = openScreenRegion(text => written.push(text));
  region.draw({ lines: ['one', 'two', 'three'], cursor: { row: 0, col: 0 } });
  region.draw({ lines: ['one', 'TWO', 'three'], cursor: { row: 1, col: 0 } });
  expect(written[1]).toContain('TWO');
  expect(written[1]).not.toMatch(/one|three/);
});
