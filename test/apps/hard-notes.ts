import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NewReflection } from '../../src/core/notes/reflection.ts';
import { formatNote } from '../../src/storage/format/note-text.ts';
import { dayOf } from '../core/support.ts';
import type { Home } from '../e2e/support/home.ts';

/** Titles that some format could mistake for its own syntax. */
export const titles: readonly string[] = [
  'They looked at the clock',
  'x done, or so it seems',
  '(A) is no priority',
  '2026-01-01 begins with a day',
  'due:2026-01-01 +proj @ctx',
  '* a star',
  '** two stars',
  '<2026-05-01 Fri> a time',
  'until [2026-05-01 Fri], they said',
  '[#A] no cookie',
  'COMMENT is a word',
  'TODO is one, too',
  'ends like a tag :foo:',
  'quotes " and \' and back \\ slash',
  '&open;brackets&close; [really] &dquot;',
  '没有听我说',
  'emoji 👩‍👩‍👧 and naïve',
  '- [ ] in a box',
  'ends 📅 2026-12-01',
  '#tag first',
  '{{{macro}}}',
  'a | b',
  '[[link]] and [text](url)',
  '$HOME `id` $(id) ; rm',
  '%% hidden %%',
  '%1 and %d',
  '&amp; &lt;b&gt; <b>bold</b>',
  '1. first',
  '> quoted',
  '---',
  ': fixed',
  ':PROPERTIES:',
  '#+begin_src',
  'rc.confirmation:off',
  'project:other',
  'id:zzzzzz',
  'שלום',
  '~/path',
  '/etc/*',
  't:2099-01-01 to @mum, h:1',
  '+project and @home due:tomorrow rec:1w pri:A',
  '(+home) “@work” 4:30 http://a.b/c',
  '#task 🔁 every day 🔼',
  '%%gone%% ✅ 2026-01-01',
];

/** What is to be said, for each of the titles in turn. */
export const sentences: readonly string[] = [
  'When you moved on, I felt small.',
  '* a heading\n#+end_quote\n:END:\n\n  indented\n<2026-05-01 Fri>',
  'DEADLINE: <2026-05-01 Fri>\n- [ ] a box',
  'One " two \\ three \' four [five] &open;',
  '他没有听\n我说',
  '```\ncode',
  '📅 2026-12-01',
  'a\tb',
  '- [ ] t:2099-01-01 h:1 @mum +home 📅 2026-12-01',
];

export interface HardNote {
  readonly id: string;
  readonly title: string;
  readonly sentence: string;
  readonly session: string;
  /** The day until which notes rest. */
  readonly rest?: string;
}

const letters = 'abcdefghjkmnpqrstuvwxyz';

/** One a title; every fifth rests. */
export const notes: readonly HardNote[] = titles.map((title, at) => ({
  id: `k${letters[at % 23]}${letters[Math.floor(at / 23)]}9qa`,
  title,
  sentence: sentences[at % sentences.length] ?? '',
  session: `2026-0${1 + (at % 3)}-${String(1 + (at % 28)).padStart(2, '0')}`,
  ...(at % 5 === 4 ? { rest: '2099-12-24' } : {}),
}));

export function reflectionOf({ id, title, sentence, session, rest }: HardNote): NewReflection {
  return {
    id,
    session: dayOf(session),
    title,
    front: {
      created: `${session}T19:04:55.120-05:00`,
      status: 'planned',
      ...(rest === undefined ? {} : { rest_until: rest }),
    },
    sections: [
      { level: 2, heading: 'What happened', text: `It was ${title}` },
      { level: 2, heading: 'One sentence', text: sentence },
    ],
  };
}

/** Writes the notes into a home's folder. */
export function fill(home: Home): void {
  mkdirSync(home.folder, { recursive: true, mode: 0o700 });
  for (const note of notes)
    writeFileSync(join(home.folder, `${note.session}-${note.id}.md`), formatNote(reflectionOf(note)), {
      mode: 0o600,
    });
}

/**
 * The text without the unseen spaces that break up what a format would take for its own, and with one space
 * for many.
 */
export function seen(text: string): string {
  return text
    .replace(/[\u200b\u2060]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
