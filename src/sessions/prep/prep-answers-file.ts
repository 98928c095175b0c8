import { noteNamed } from '../../cli/choose/choose-note.ts';
import { refuseKeptApart } from '../../cli/choose/find-files.ts';
import type { Answers } from '../../core/notes/answer.ts';
import { askables, checkAnswers } from '../../core/template-check/check-answers.ts';
import type { YamlNode, YamlMap } from '../../core/template/located.ts';
import { textsOf } from '../../core/template/schema-reader.ts';
import { Exit, Problem } from '../../errors.ts';
import type { NoteIndex, NoteSummary, World } from '../../world/world.ts';
import { stepsOf, throwFirst, withDays } from '../session/answers-file.ts';
import type { GivenAnswers } from '../session/answers-file.ts';

/** The notes that a file of answers is for, and the answers for each by its id. */
export interface PrepAnswers {
  readonly chosen: readonly NoteSummary[];
  readonly answersFor: (id: string) => Answers;
}

/**
 * Reads the answers of a preparation. Ids on the command line (`named`) or the key `picked` name the notes;
 * with two notes, an object under an id has the answers for that note alone. Throws a Problem (exit 2) for a
 * wrong answer, or if no note or more than two are named.
 */
export async function readPrepAnswers(
  world: World,
  given: GivenAnswers,
  named: readonly NoteSummary[],
  index: NoteIndex,
): Promise<PrepAnswers> {
  const { at, place } = await given();
  const entries = at.is === 'map' ? at.entries : [];
  const picked = textsOf(entries.find(({ key }) => key === 'picked')?.value, () => {
    throw new Problem(
      'answers.expected-pick',
      { place, line: at.line, id: 'picked' },
      { exit: Exit.misused },
    );
  });
  const moments = picked.filter(text => text !== 'none');
  const wanted = named.length > 0 ? named : await pickedIn(world, index, moments);
  if (wanted.length === 0 && !picked.includes('none'))
    throw new Problem('prep.which', { place }, { exit: Exit.misused });
  if (wanted.length > 2) throw new Problem('prep.too-many', {}, { exit: Exit.misused });
  const ids = wanted.map(({ head }) => head.id);
  const steps = await stepsOf(world, await world.templates.sequence('prep'));
  const check = (part: YamlNode): Answers => {
    const { answers, faults } = checkAnswers(part, askables(steps), []);
    throwFirst(faults, place);
    return withDays(answers, steps, place, world);
  };
  const common = check(at.is === 'map' ? without(at, [...ids, 'picked']) : at);
  const ownAnswers = new Map(
    ids.map(id => [
      id,
      check(entries.find(({ key }) => key === id)?.value ?? { is: 'map', line: 1, entries: [] }),
    ]),
  );
  return { chosen: wanted, answersFor: id => ({ ...common, ...ownAnswers.get(id) }) };
}

// Finds the notes by ids or words of titles. A note that is named twice counts once.
async function pickedIn(
  world: World,
  index: NoteIndex,
  picked: readonly string[],
): Promise<readonly NoteSummary[]> {
  const found = new Map<string, NoteSummary>();
  for (const text of picked) {
    const moment = await noteNamed({ world, index: index, question: '' }, text);
    if (moment === undefined) continue;
    refuseKeptApart(moment);
    found.set(moment.path, moment);
  }
  return [...found.values()];
}

function without(at: YamlMap, keys: readonly string[]): YamlMap {
  return { ...at, entries: at.entries.filter(({ key }) => !keys.includes(key)) };
}
