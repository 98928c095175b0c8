import type { CommandEntry, FlagEntry, WordEntry } from './command-table.ts';

/** What could stand where the cursor is. */
export interface Candidate {
  readonly value: string;
  /** A few words, for shells that show them. */
  readonly about?: string;
}

/** What is wanted at the cursor: things that the table knows, or a sort of thing that has to be looked up. */
export interface CompletionRequest {
  readonly known: readonly Candidate[];
  /** The name of a value, as the table writes it: `id`, `status`, `file` … */
  readonly sort?: string;
  /** The command that it is for, with the words before: `['config', 'set', 'mode']`. */
  readonly line: readonly string[];
  /** What stands before the part that is completed in the same word: `--status=open,`. */
  readonly before: string;
  /** What has been typed of it. */
  readonly typed: string;
}

/** Sorts of values of flags that may be several, with commas. */
const several = ['status', 'kind', 'feeling'];
/** What a description may name as a value to choose. */
const choices = [
  'markdown',
  'plain',
  'json',
  'tasks',
  'todo-txt',
  'org',
  'taskwarrior',
  'csv',
  'html',
  'bash',
  'zsh',
  'fish',
  'powershell',
];

/** Says what is wanted at the end of a command line; the last word is the one that is being typed. */
export function completionRequestAt(table: CommandEntry, typedWords: readonly string[]): CompletionRequest {
  const words = joined(typedWords);
  const typed = words.at(-1) ?? '';
  let node = table;
  let line: string[] = [];
  let count = 0;
  let waiting: FlagEntry | undefined;
  let isOver = false;
  const flagOf = (word: string): FlagEntry | undefined =>
    [...node.flags, ...table.flags].find(({ long, short }) => long === word || short === word);
  for (const word of words.slice(0, -1)) {
    const takes: FlagEntry | undefined = waiting;
    waiting = undefined;
    if (takes !== undefined && (takes.needsValue || !word.startsWith('-'))) continue;
    if (!isOver && word === '--') {
      isOver = true;
    } else if (!isOver && word.startsWith('-')) {
      const flag = flagOf(word);
      if (flag?.value !== undefined) waiting = flag;
    } else {
      const inner = count === 0 ? node.commands.find(({ name }) => name === word) : undefined;
      // What stands behind `demo` is a line of its own.
      if (inner?.name === 'demo') continue;
      line = [...line, word];
      if (inner === undefined) count += 1;
      else node = inner;
    }
  }
  const base = { line, before: '', typed };
  if (waiting !== undefined && (waiting.needsValue || !typed.startsWith('-'))) {
    return valueWanted(waiting.value ?? '', waiting.about, base);
  }
  const equals = typed.indexOf('=');
  if (!isOver && typed.startsWith('--') && equals > 0) {
    const flag = flagOf(typed.slice(0, equals));
    return flag?.value === undefined
      ? { ...base, known: [] }
      : valueWanted(flag.value, flag.about, {
          line,
          before: typed.slice(0, equals + 1),
          typed: typed.slice(equals + 1),
        });
  }
  if (!isOver && typed.startsWith('-'))
    return {
      ...base,
      known: [...node.flags, ...(node === table ? [] : table.flags), { long: '--help', about: '' }].map(
        ({ long, about }) => ({ value: long, about }),
      ),
    };
  const commands =
    count === 0 ? node.commands.map(({ name, about }): Candidate => ({ value: name, about })) : [];
  const word: WordEntry | undefined =
    node.words[count] ?? (node.words.at(-1)?.variadic === true ? node.words.at(-1) : undefined);
  if (word === undefined) return { ...base, known: commands };
  const found = valueWanted(word.name, word.about, base, []);
  return { ...found, known: [...commands, ...found.known] };
}

/** Gives the value of `--folder` on a line that is being typed. */
export function folderIn(words: readonly string[]): string | undefined {
  const at = words.lastIndexOf('--folder');
  const apart = at >= 0 && at < words.length - 2 ? words[at + 1] : undefined;
  return (
    apart ??
    words
      .slice(0, -1)
      .findLast(word => word.startsWith('--folder='))
      ?.slice('--folder='.length)
  );
}

const plain = /^[A-Za-z0-9_.-]+$/;

/**
 * Whether a value that comes from a file may be offered: a plain word that is no flag. An id may be
 * `--all`, which would mean something else behind `delete`. PowerShell gives `,` and `@` a meaning of their
 * own.
 */
export function isSafeWord(value: string): boolean {
  return plain.test(value) && !value.startsWith('-');
}

/**
 * Writes one line for each candidate that completes what was typed, for the shell's script to read: the
 * candidate, a tab, and a few words about it. Candidates with unusual characters are left out, and the words
 * are cut short and have no control characters, so that no text from a note can break a line or be run.
 */
export function candidateLines(
  { before, typed }: Pick<CompletionRequest, 'before' | 'typed'>,
  candidates: readonly Candidate[],
  { isBash }: { readonly isBash: boolean },
): string {
  // For bash a word ends at `=`.
  const shown = isBash ? before.slice(before.lastIndexOf('=') + 1) : before;
  const fitting = candidates.filter(({ value }) => value.startsWith(typed) && plain.test(value));
  return fitting
    .map(({ value, about = '' }) => {
      const words = [...about.replace(/[\p{C}\p{Z}\s]+/gu, ' ').trim()].slice(0, 60).join('');
      return words === '' ? `${shown}${value}\n` : `${shown}${value}\t${words}\n`;
    })
    .join('');
}

function valueWanted(
  sort: string,
  about: string,
  base: Pick<CompletionRequest, 'line' | 'before' | 'typed'>,
  lists: readonly string[] = several,
): CompletionRequest {
  const named = about.split(/[^A-Za-z-]+/).filter(word => choices.includes(word));
  const comma = lists.includes(sort) ? base.typed.lastIndexOf(',') + 1 : 0;
  const known = sort === 'format' || sort === 'shell' ? [...new Set(named)].map(value => ({ value })) : [];
  return {
    ...base,
    known,
    sort,
    before: base.before + base.typed.slice(0, comma),
    typed: base.typed.slice(comma),
  };
}

// bash hands `--format=js` over as three words.
function joined(words: readonly string[]): readonly string[] {
  const all: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const last = all.at(-1);
    if (words[at] === '=' && last?.startsWith('--') === true) {
      all[all.length - 1] = `${last}=${words[at + 1] ?? ''}`;
      at += 1;
    } else {
      all.push(words[at] ?? '');
    }
  }
  return all;
}
