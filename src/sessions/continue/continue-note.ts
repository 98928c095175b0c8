import type { Answers } from '../../core/notes/answer.ts';
import { holds } from '../../core/template/condition.ts';
import { continueMoment } from '../../core/interview/continuation.ts';
import type { Continued } from '../../core/interview/continuation.ts';
import type { InterviewResult } from '../../core/interview/interview.ts';
import { safetyFront } from '../../core/notes/not-safe.ts';
import { momentFacts, openingFills, textsByField } from '../../core/template/moment-facts.ts';
import type { ClauseLists, OpeningWords } from '../../core/template/moment-facts.ts';
import type { Fills } from '../../core/template/options.ts';
import type { Option } from '../../core/template/template.ts';
import type { NewReflection } from '../../core/notes/reflection.ts';
import type {
  NoteFile,
  Prompter,
  NoteSummary,
  ClockPort,
  WordsPort,
  TemplatesPort,
  NotesPort,
  EncryptedNotesPort,
  OutputPort,
} from '../../world/world.ts';
import { responseIn } from './newest-response.ts';
import { looseSections } from '../session/loose-sections.ts';
import { decide } from '../../cli/choose/preview-and-confirm.ts';
import type { Decision } from '../../cli/choose/preview-and-confirm.ts';
import { parseDay } from '../../core/dates/day.ts';
import { answerWords } from '../../report/pages/answer-rows.ts';
import { longDay } from '../../report/text/dates.ts';
import { timeFills } from './opening-time.ts';

/** A note to ask about: its file as it was read, and its contents as facts. */
export interface CurrentNote {
  readonly note: NoteFile;
  readonly facts: Answers;
  /** Returns the values for the placeholders of opening lines, given the answers so far. */
  readonly fills: (known: Answers) => Fills;
}

/**
 * Reads a note to ask about; `moments` are all notes in the folder. Throws a Problem if the note is wrongly
 * encrypted and so could not be changed later.
 */
export async function openCurrentNote(
  world: ClockPort & WordsPort & TemplatesPort,
  store: NotesPort & EncryptedNotesPort,
  path: string,
  moments: readonly NoteSummary[],
): Promise<CurrentNote> {
  store.refuseWronglyEncrypted(path);
  const note = await store.read(path);
  const lists = await clauseLists(world);
  const texts = textsByField(note.sections, await world.templates.fields());
  const noteFacts = momentFacts(note.head, texts, lists.kinds, world.words('prep.says_no').split('|'));
  const response = await responseIn(world, note.head, texts);
  const facts: Answers = { ...noteFacts, was_response: response };
  const opening: OpeningWords = {
    join: all => joinWords(world, all),
    withOwn: (feelings, own) => world.words('prep.felt', { feelings, own }),
    time: timeFills(
      world,
      note.head,
      moments.map(({ head }) => head),
    ),
  };
  return { note, facts, fills: known => openingFills(known, lists, opening) };
}

type Answered = Pick<InterviewResult, 'trail' | 'answers' | 'state'>;

/**
 * Writes the answers about a note into its file and returns the change; undefined if there is none. If the
 * file changed since it was read, it stays as it is and a Problem is thrown (exit 5).
 */
export async function recordChange(
  world: ClockPort & WordsPort,
  store: NotesPort,
  currentNote: CurrentNote,
  outcome: Answered,
): Promise<Continued | undefined> {
  const change = changeOf(world, currentNote, outcome);
  if (change !== undefined) await store.revise(currentNote.note.path, change, currentNote.note.text);
  return change;
}

/** Says until which day a note rests, if it does. */
export function sayResting(
  { words, now }: ClockPort & WordsPort,
  id: string,
  front: Continued['front'],
  say: (text: string) => void,
): void {
  const day = front['rest_until'];
  const until = typeof day === 'string' ? parseDay(day) : undefined;
  if (until !== undefined) say(words('note.resting_until', { id, day: longDay(until, now().day, words) }));
}

/** Returns a function that shows what will be written into a note and asks what to do with it. */
export function reviewWith(
  world: ClockPort & WordsPort & OutputPort,
): (currentNote: CurrentNote, outcome: InterviewResult, prompter: Prompter) => Promise<Decision> {
  return ({ note: { head } }, { trail, answers, state }, prompter) => {
    const size = typeof answers['size'] === 'number' ? answers['size'] : head.size;
    const front = { ...(size === undefined ? {} : { size }), ...safetyFront(answers, world.now().day) };
    const { id, session, title } = head;
    const shown: NewReflection = { id, session, title, front, sections: looseSections(world, state) };
    return decide(world, prompter, { note: shown, trail, canAddMore: false });
  };
}

/**
 * Returns the closing line for a changed note; undefined if no closing line fits. A status that the note
 * already had, and that no answer confirms, counts as `as-before`: the line must not speak of it as if it
 * were news.
 */
export async function closingFor(
  world: TemplatesPort,
  { status }: Continued,
  before: string | undefined,
  answers: Answers,
): Promise<string | undefined> {
  const isSaid = answers['status'] !== undefined || answers['ready'] === true;
  const isAsBefore = status === before && !isSaid;
  const facts: Answers = {
    ...(status === undefined ? {} : { status }),
    ...(isAsBefore ? { status_is: 'as-before' } : {}),
  };
  const known = { answers: { ...answers, ...facts }, asked: new Set<string>() };
  return (await world.templates.closings()).find(({ when }) => holds(when, known))?.words;
}

/** Returns the change that the answers make to the note; undefined if nothing was answered. */
function changeOf(
  world: ClockPort & WordsPort,
  { note }: CurrentNote,
  outcome: Answered,
): Continued | undefined {
  const { words } = world;
  const { day } = world.now();
  return continueMoment({
    head: note.head,
    today: day,
    path: outcome.trail,
    answers: outcome.answers,
    parts: [
      { of: 'follow-up', heading: words('note.followed_up_on', { day }) },
      { of: 'prep', heading: words('note.prepared_on', { day }) },
    ],
    extra: looseSections(world, outcome.state),
    say: (question, answer) => answerWords(question, answer, words),
  });
}

async function clauseLists({ templates }: TemplatesPort): Promise<ClauseLists> {
  const [kinds, feelings, urges, want] = await Promise.all([
    templates.list('kinds'),
    templates.list('feelings'),
    optionsIn('reflect', 'urges'),
    optionsIn('prep', 'want'),
  ]);
  return { kinds, feelings, urges, want };

  async function optionsIn(sequence: string, field: string): Promise<readonly Option[]> {
    const step = (await templates.ours(sequence)).steps.find(
      candidate => candidate.is === 'ask' && candidate.question.id === field,
    );
    return step?.is === 'ask' ? step.question.options : [];
  }
}

// "small", "small and angry", "small, angry and sad"
function joinWords({ words }: WordsPort, all: readonly string[]): string {
  const last = all.at(-1) ?? '';
  const before = all.slice(0, -1);
  return before.length === 0
    ? last
    : words('conversation.and', { before: before.join(words('summary.separator')), last });
}
