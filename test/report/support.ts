import { languages } from 'shipped:templates';
import { findWords } from '../../src/core/language/words.ts';
import type { Layout, StatusLabels } from '../../src/report/pages/summary-report.ts';
import { plainStyle } from '../../src/terminal/output/styles.ts';
import { widthOf } from '../../src/terminal/text/width.ts';
import { wrapHanging } from '../../src/terminal/text/wrap.ts';
import type { Words } from '../../src/world/world.ts';

const en = languages['en'];
if (en === undefined) throw new Error('no words');
const tree = (await en.words()).value;
const statuses = (await en.lists()).value['status'] ?? [];

export const words: Words = (key, params) => findWords(tree, key, params);
export const labels: StatusLabels = Object.fromEntries(statuses.map(({ key, label }) => [key, label]));
/** Returns the rows for the answers of a front matter. */
export const choices = (await en.choices()).value;
export const style = plainStyle;

/** Lays out as the terminal does. */
export function layoutOf(width: number): Layout {
  return { width, widthOf, wrap: (text, columns) => wrapHanging(text, columns) };
}

/** Returns the lines that are wider than the given columns. */
export function tooWide(page: string, width: number): readonly string[] {
  return page.split('\n').filter(line => widthOf(line) > width);
}
