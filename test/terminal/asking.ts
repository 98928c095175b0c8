import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { parse } from 'yaml';
import { findWords } from '../../src/core/language/words.ts';
import type { WordTree } from '../../src/core/language/words.ts';
import { Cancelled, Problem } from '../../src/errors.ts';
import type { Ending, Params } from '../../src/errors.ts';
import { openTextEditor } from '../../src/terminal/editor/external-editor.ts';
import { openInquirerPrompter } from '../../src/terminal/prompts/inquirer-prompter.ts';
import { openLinePrompter } from '../../src/terminal/lines/line-prompter.ts';
import { openStyle } from '../../src/terminal/output/styles.ts';
import { stopGroup } from '../../src/terminal/input/suspend.ts';
import { screensByName } from './screens.ts';

function keep(line: object): void {
  appendFileSync(process.env['REPLIES'] ?? '', `${JSON.stringify(line)}\n`);
}

/** Waits until a file exists, so that a test can type between two questions. */
async function opened(gate: string | undefined): Promise<void> {
  if (gate === undefined) return;
  while (!existsSync(gate)) await new Promise(resolve => setTimeout(resolve, 5));
}

/**
 * A program for the pseudo-terminal: asks the questions named in its arguments and prints each reply as a
 * line of JSON into the file named by REPLIES; `page` among them shows the page. Bundled by `on-terminal.ts`.
 */
async function main(): Promise<void> {
  const page = process.env['PAGE'] ?? 'Please reach a person now.\nSomeone near you.';
  const tree: WordTree = { terminal: parse(readFileSync(process.env['WORDS'] ?? '', 'utf8')) };
  const ending = new AbortController();
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const)
    process.on(signal, () => ending.abort(signal satisfies Ending));
  const shared = {
    input: process.stdin,
    output: process.stderr,
    words: (key: string, params?: Params) => findWords(tree, key, params),
    help: () => page,
    ended: ending.signal,
  };
  const openLines = () =>
    openLinePrompter({ ...shared, isTerminal: process.stdin.isTTY, width: process.stderr.columns });
  const openPrompter = async () =>
    openInquirerPrompter({
      ...shared,
      style: await openStyle({ colour: process.env['COLOUR'] !== undefined }),
      // A timer that fires after the end, whatever the clock says.
      suspend: resumed =>
        process.env['WOKEN'] === 'too-late'
          ? ending.signal.addEventListener('abort', () => setImmediate(resumed))
          : stopGroup(process, resumed),
      // Without a folder in memory for an encrypted text, opening the editor fails before it starts.
      edit:
        process.env['NOWHERE'] !== undefined
          ? () => Promise.reject(new Problem('terminal.input-not-utf8', { line: 1 }))
          : openTextEditor({
              commands: [process.env['EDITOR']],
              folder: process.env['PRIVATE'] ?? tmpdir(),
              env: process.env,
              platform: process.platform,
            }),
    });
  const prompter = process.env['PLAIN'] === undefined ? await openPrompter() : openLines();
  process.on('exit', () => prompter.close());
  try {
    for (const name of process.argv.slice(2)) {
      if (name === 'page') {
        await (prompter.show ?? prompter.say)(page);
        continue;
      }
      const screen = screensByName[name];
      if (!screen) throw new Error(`no screen ${name}`);
      const response = await prompter.ask(screen, text => keep({ typing: text }));
      keep(response);
      if (response.is === 'finish') break;
      await opened(process.env['GATE']);
    }
    prompter.say('It is written down.');
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    keep({ cancelled: error.ending });
    process.exitCode = 130;
  } finally {
    prompter.close();
  }
}

await main();
