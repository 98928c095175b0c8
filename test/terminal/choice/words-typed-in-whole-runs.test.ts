import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { choicePrompt } from '../../../src/terminal/choice/choice-prompt.ts';
import type { PromptResponse, Screen } from '../../../src/world/world.ts';
import { openPlace, run } from '../../support/world.ts';
import type { Place, Ran } from '../../support/world.ts';
import { keysOf, press, theme } from '../voice.ts';

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

describe('words typed at the lists of whole runs', () => {
  let place: Place;
  beforeEach(() => {
    place = openPlace();
    mkdirSync(place.folder, { recursive: true });
    for (const id of ['aaaaaa', 'bbbbbb']) {
      const front = ['rupture: 1', `id: ${id}`, 'session: 2026-03-05', 'status: planned', 'title: A moment'];
      const note = ['---', ...front, '---', '', '# A moment', ''].join('\n');
      writeFileSync(join(place.folder, `2026-03-05-${id}.md`), note);
    }
  });
  afterEach(() => place.remove());

  const kept = (): string => {
    const notes = readdirSync(place.folder).filter(name => name.endsWith('.md'));
    return flat(notes.map(name => readFileSync(join(place.folder, name), 'utf8')).join('\n'));
  };

  interface Typed {
    readonly ran: Ran;
    readonly typed: readonly string[];
  }
  type Given = Readonly<Record<string, string>>;

  /** Types a unique sentence and Enter at every list, then continues with `answers`, or with Tab. */
  async function typeEverywhere(args: readonly string[], answers: Given): Promise<Typed> {
    const typed: string[] = [];
    const replyTo = (screen: Screen): PromptResponse => {
      const { id, kind, given, options } = screen;
      if (kind === 'text' && typeof given === 'string') return { is: 'answer', answer: given };
      if (['text', 'day', 'scale', 'secret'].includes(kind)) return { is: 'skip' };
      const first = kind === 'confirm' ? true : (options[0]?.key ?? '');
      if (screen.wordsTo === undefined) return { is: 'answer', answer: first };
      const sentence = `At ${id} number ${typed.length} I wrote, é!`;
      typed.push(sentence);
      const keys = [...keysOf(sentence), 'enter', ...onFrom(screen, answers)];
      const { settled } = press(choicePrompt(screen, theme), keys);
      if (settled?.is !== 'reply') throw new Error(`${id}: ${settled?.is}`);
      return settled.reply;
    };
    return { ran: await run(args, { place, replyTo }), typed };
  }

  /** The keys that continue from a list after typed words and Enter. */
  function onFrom({ id, kind, options, skippable }: Screen, answers: Given): readonly string[] {
    if (options.some(option => option.asksWords)) return ['enter'];
    const label = kind === 'confirm' ? answers[id] : options.find(({ key }) => key === answers[id])?.label;
    if (label !== undefined) return [...keysOf(label), 'enter', ...(kind === 'multi' ? ['enter'] : [])];
    return skippable ? ['tab'] : ['down', 'up', 'enter'];
  }

  it.each([
    [['reflect'], { sit: 'bothered', next: 'open' }],
    [['reflect', '--full'], { sit: 'bothered', look_back: 'yes', next: 'raised' }],
    [['reflect', '--full', '--date', '2026-03-04'], {}],
    [['reflect'], { sit: 'line' }],
    [['follow-up', 'aaaaaa'], { came_up: 'part', status: 'not-addressed', more: 'more' }],
    [['follow-up', 'aaaaaa'], { came_up: 'not-this-time' }],
    [['prep', 'aaaaaa'], { how: 'say' }],
    [['prep', 'aaaaaa', 'bbbbbb'], { how: 'say' }],
    [['let-go', 'aaaaaa'], { ready: 'yes' }],
  ])('%j saves every sentence typed at a list', async (args, answers) => {
    const { ran, typed } = await typeEverywhere(args, answers);
    expect(ran.exit).toBe(0);
    expect(typed.length).toBeGreaterThan(1);
    const all = kept();
    expect(typed.filter(sentence => !all.includes(sentence))).toEqual([]);
  });

  it('chooses the highlighted moment, and drops none', async () => {
    const asked: string[] = [];
    const replyTo = (screen: Screen): PromptResponse => {
      asked.push(screen.id);
      if (screen.id !== 'picked') return { is: 'finish' };
      const { settled } = press(choicePrompt(screen, theme), ['down', 'enter']);
      return settled?.is === 'reply' ? settled.reply : { is: 'skip' };
    };
    const { said } = await run(['prep'], { place, replyTo });
    expect(asked).toEqual(['picked', 'size']);
    expect(said.join()).not.toContain('It will still be here');
  });

  it('saves words about one of two moments only with that moment', async () => {
    let round = 0;
    const replyTo = (screen: Screen): PromptResponse => {
      if (screen.id === 'size') return { is: 'answer', answer: 1 };
      if (screen.id === 'preview') return { is: 'answer', answer: 'keep', words: `End ${round}.` };
      if (screen.id !== 'small_next') return { is: 'skip' };
      round += 1;
      return { is: 'answer', answer: 'keep', words: `Round ${round}.` };
    };
    await run(['prep', 'aaaaaa', 'bbbbbb'], { place, replyTo });
    const wordsOf = (id: string): readonly string[] | null =>
      readFileSync(join(place.folder, `2026-03-05-${id}.md`), 'utf8').match(/(?:Round|End) \d\./g);
    expect(wordsOf('aaaaaa')).toEqual(['Round 1.', 'End 2.']);
    expect(wordsOf('bbbbbb')).toEqual(['Round 2.', 'End 2.']);
  });

  it('saves own words of safety questions that were undone', async () => {
    const seen: string[] = [];
    const replyTo = (screen: Screen): PromptResponse => {
      seen.push(screen.id);
      const isFirst = seen.filter(id => id === 'sit').length === 1;
      if (screen.id === 'sit' && isFirst) return { is: 'answer', answer: 'line' };
      const stared = { is: 'answer', answer: ['other: he stared'], words: 'all the time' } as const;
      if (screen.id === 'line_kinds') return stared;
      if (screen.id === 'safety_step') return { is: 'answer', answer: 'not-this' };
      if (screen.id === 'preview') return { is: 'answer', answer: 'keep' };
      return screen.kind === 'confirm' ? { is: 'answer', answer: true } : { is: 'skip' };
    };
    await run(['reflect'], { place, replyTo });
    expect(kept()).toContain('he stared');
    expect(kept()).toContain('all the time');
  });

  it('offers words typed at the first question under "What happened"', async () => {
    const offered: unknown[] = [];
    const replyTo = (screen: Screen): PromptResponse => {
      if (screen.id === 'sit') return { is: 'answer', answer: 'bothered', words: 'He was late.' };
      if (screen.id === 'preview') return { is: 'answer', answer: 'keep' };
      if (screen.kind === 'confirm') return { is: 'answer', answer: true };
      if (screen.id !== 'what') return { is: 'skip' };
      offered.push(screen.given);
      return { is: 'answer', answer: 'He was late, again.' };
    };
    const ran = await run(['reflect'], { place, replyTo });
    expect(ran.exit).toBe(0);
    expect(offered).toEqual(['He was late.']);
    expect(kept()).toContain('## What happened He was late, again.');
    expect(kept()).not.toContain('Also written');
  });
});
