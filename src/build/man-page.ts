import { languages } from 'shipped:templates';
import { tableOf } from '../core/command-line/command-table.ts';
import { findWords } from '../core/language/words.ts';
import { buildProgram } from '../program.ts';
import { manPage } from '../report/man-page.ts';

/** Returns the text of `man/rupture.1`. */
export async function manual(version: string): Promise<string> {
  const tree = (await languages['en']?.words())?.value ?? {};
  const words = (key: string, params = {}): string => findWords(tree, key, params);
  const run = (): Promise<never> => Promise.reject(new Error('nothing is run here'));
  const program = buildProgram({ words, version, run, print: () => {}, width: 80, demo: { run } });
  return manPage(tableOf(program), words, version);
}
