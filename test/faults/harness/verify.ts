import { loadYamlReader } from '../../../src/storage/notebook/filter-by-text.ts';
import { scanNotes } from '../../../src/storage/notebook/note-index.ts';
import type { Home, Ran } from '../../e2e/support/home.ts';
import { filesBelow, words } from './person.ts';
import { known, runGiven } from './given.ts';
import { learnKeys, openSealed } from './encrypted-files.ts';
import type { Scenario } from './scenarios.ts';

/**
 * Returns a line for everything that is wrong after a command with a fault; `before` has the earlier files.
 * With `finishes`, then runs the command again to its end.
 */
export async function faultsAfter(
  home: Home,
  scenario: Scenario,
  before: ReadonlyMap<string, string>,
  ran: Ran,
  { wasKilled, finishes = true }: { readonly wasKilled: boolean; readonly finishes?: boolean },
): Promise<readonly string[]> {
  const now = filesBelow(home.folder);
  const faults: string[] = [];
  const fault = (what: string): void => {
    faults.push(what);
  };
  // Without reading a file whose name is not ours, nobody knows its id: the command names the file,
  // and then calls the id unknown.
  const namesUnread = ran.err.includes('mine/walk.md');
  if (!wasKilled && ![0, 1, 4, 5, ...(namesUnread ? [2] : [])].includes(ran.code ?? -1))
    fault(`ended with ${ran.code}`);
  if (/is a bug|^ +at .*:\d+/m.test(ran.err))
    fault(`a stack or a bug on the screen: ${ran.err.slice(0, 300)}`);

  const { unreadable } = await scanNotes(home.folder, {
    loadYamlReader,
    openSealed: path => Promise.resolve(openSealed(path)),
  });
  for (const { path, key } of unreadable) fault(`${path} can't be read (${key})`);

  const destroyed = new Set(scenario.destroys ?? []);
  const changes = new Set(scenario.changes ?? []);
  for (const [path, text] of before) {
    const said = Object.values(words).find(one => text.includes(one) && !path.startsWith('.rupture/undo'));
    if (said === undefined || destroyed.has(said)) continue;
    const isNote = path.endsWith('.md') && !path.startsWith('.');
    const places = [...now].filter(([, other]) => other.includes(said)).map(([other]) => other);
    if (!places.some(place => !place.startsWith('.rupture/undo'))) fault(`the words of ${path} are gone`);
    // Files that the command does not concern must keep every byte.
    if (isNote && !changes.has(said) && now.get(path) !== text) fault(`${path} was changed`);
    // A file that it may change still has all its old lines, or is complete elsewhere.
    if (isNote && changes.has(said) && !places.some(place => holdsBody(now.get(place) ?? '', text)))
      fault(`${path} lost lines`);
  }

  const isDone = scenario.done(home);
  const all = [...now.values()].join('\n');
  if (ran.code === 0 && !wasKilled && !isDone && !(scenario.leavesUnread === true && namesUnread))
    fault('it said that all was well, and it is not done');
  if (!wasKilled && ran.code !== 0 && `${ran.out}${ran.err}`.trim() === '') fault('it failed without a word');
  for (const { text, shows } of scenario.typed ?? []) {
    const mustBe = shows === undefined ? !wasKilled && ran.code === 0 : ran.err.includes(shows);
    if (mustBe && !all.includes(text)) fault(`what was typed is nowhere (${shows ?? 'at the end'})`);
  }
  if (!isDone && finishes) {
    const { code, err } = finish(home, scenario);
    await learnKeys(home.folder, known);
    if (code !== 0 && !scenario.done(home)) fault(`the same again: ${code} ${err.slice(0, 300)}`);
    else if (!scenario.done(home)) fault('the same again does not finish it');
  }
  return faults;
}

function finish(home: Home, scenario: Scenario): Ran {
  const isSame = scenario.again === undefined;
  const args = (scenario.again ?? scenario.args)(home);
  const first = runGiven(home, scenario, args, {
    input: isSame ? scenario.input : '',
    env: scenario.env?.(home),
  });
  // It ended before the first answer, so there is no draft to continue.
  return scenario.done(home) || isSame
    ? first
    : runGiven(home, scenario, scenario.args(home), { input: scenario.input, env: scenario.env?.(home) });
}

/** Whether the new text has every line of the old body, in order. */
function holdsBody(text: string, old: string): boolean {
  const lines = text.split('\n');
  let at = 0;
  for (const line of old.slice(old.indexOf('\n---\n') + 5).split('\n')) {
    const found = lines.indexOf(line, at);
    if (found < 0) return false;
    at = found;
  }
  return true;
}
