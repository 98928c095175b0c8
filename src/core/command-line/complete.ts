import type { CommandEntry, FlagEntry, WordEntry } from './command-table.ts';

/** A possible completion at the cursor. */
export interface Candidate {
  readonly value: string;
  /** A short description, for shells that show one. */
  readonly about?: string;
}

/** What to complete at the cursor: candidates from the table of commands, or a sort of value to look up. */
export interface CompletionRequest {
  readonly known: readonly Candidate[];
  /** The name of the value in the table: `id`, `status`, `file` … */
  readonly sort?: string;
  /** The command and the arguments before the cursor: `['config', 'set', 'mode']`. */
  readonly line: readonly string[];
  /** The part of the current word before the completed part: `--status=open,`. */
  readonly before: string;
  /** The typed beginning of the completed part. */
  readonly typed: string;
}

/** Values that may be comma-separated lists. */
const listValues = ['status', 'kind', 'feeling'];
/** Values that are offered if the description of a flag mentions them. */
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

/** Returns what to complete at the end of a command line; the last word is the one being typed. */
export function completionRequestAt(table: CommandEntry, typedWords: readonly string[]): CompletionRequest {
  const words = joinAtEquals(typedWords);
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
      // `demo` is followed by a whole command line.
      if (inner?.name === 'demo') continue;
      line = [...line, word];
      if (inner === undefined) count += 1;
      else node = inner;
    }
  }
  const base = { line, before: '', typed };
  if (waiting !== undefined && (waiting.needsValue || !typed.startsWith('-'))) {
    return requestForValue(waiting.value ?? '', waiting.about, base);
  }
  const equals = typed.indexOf('=');
  if (!isOver && typed.startsWith('--') && equals > 0) {
    const flag = flagOf(typed.slice(0, equals));
    return flag?.value === undefined
      ? { ...base, known: [] }
      : requestForValue(flag.value, flag.about, {
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
  const found = requestForValue(word.name, word.about, base, []);
  return { ...found, known: [...commands, ...found.known] };
}

/** Returns the value of `--folder` in a command line that is being typed; undefined without one. */
export function folderIn(words: readonly string[]): string | undefined {
  const at = words.lastIndexOf('--folder');
  const separate = at >= 0 && at < words.length - 2 ? words[at + 1] : undefined;
  return (
    separate ??
    words
      .slice(0, -1)
      .findLast(word => word.startsWith('--folder='))
      ?.slice('--folder='.length)
  );
}

const plain = /^[A-Za-z0-9_.-]+$/;

/**
 * Whether a value from a file is safe to offer: a plain word that is not a flag. An id could be `--all`,
 * which is a flag of `delete`; and `,` and `@` are special in PowerShell.
 */
export function isSafeWord(value: string): boolean {
  return plain.test(value) && !value.startsWith('-');
}

/**
 * Returns one line for the shell's script per candidate that starts with the typed text: the candidate, a tab
 * and its description. Leaves out candidates with unusual characters, shortens descriptions and removes their
 * control characters, so that no text from a note can break a line or be run.
 */
export function candidateLines(
  { before, typed }: Pick<CompletionRequest, 'before' | 'typed'>,
  candidates: readonly Candidate[],
  { isBash }: { readonly isBash: boolean },
): string {
  // In bash, a word ends at `=`.
  const shown = isBash ? before.slice(before.lastIndexOf('=') + 1) : before;
  const fitting = candidates.filter(({ value }) => value.startsWith(typed) && plain.test(value));
  return fitting
    .map(({ value, about = '' }) => {
      const words = [...about.replace(/[\p{C}\p{Z}\s]+/gu, ' ').trim()].slice(0, 60).join('');
      return words === '' ? `${shown}${value}\n` : `${shown}${value}\t${words}\n`;
    })
    .join('');
}

function requestForValue(
  sort: string,
  about: string,
  base: Pick<CompletionRequest, 'line' | 'before' | 'typed'>,
  lists: readonly string[] = listValues,
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

// bash passes `--format=js` as three words.
function joinAtEquals(words: readonly string[]): readonly string[] {
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
