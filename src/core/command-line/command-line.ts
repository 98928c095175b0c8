/**
 * Words that people type for a command out of habit, and the command that does it. They run it at once, so
 * only commands that show something or ask a question stand here, never one that changes or deletes a note.
 */
const aliases: Readonly<Record<string, string>> = {
  new: 'reflect',
  add: 'reflect',
  write: 'reflect',
  journal: 'reflect',
  status: 'summary',
  unresolved: 'summary',
  todo: 'summary',
  ls: 'list',
  cat: 'show',
  view: 'show',
  read: 'show',
  print: 'show',
  find: 'search',
  grep: 'search',
  prepare: 'prep',
  followup: 'follow-up',
  letgo: 'let-go',
  stats: 'patterns',
  settings: 'config',
  crisis: 'help-now',
  emergency: 'help-now',
  sos: 'help-now',
  helpnow: 'help-now',
};

/**
 * Words that could mean several commands, or one that changes or deletes a note. Each has a sentence of its
 * own under `cli.tried`, which names the commands to choose from.
 */
const unclear = [
  'today',
  'next',
  'note',
  'log',
  'done',
  'open',
  'rm',
  'remove',
  'erase',
  'restore',
  'resume',
  'backup',
  'save',
  'init',
  'setup',
  'lock',
  'unlock',
] as const;

/** The flags of every command that take a value. */
const valued = ['--folder', '--passphrase-fd'];

const helpFlags = ['-h', '--help'];

/** Finds where the command stands in a command line; undefined where no command is named. */
export function commandAt(args: readonly string[]): number | undefined {
  const at = args.findIndex((arg, index) => !arg.startsWith('-') && !valued.includes(args[index - 1] ?? ''));
  return at < 0 ? undefined : at;
}

/**
 * Writes a command line as the table of commands knows it: `ls` is `list`, and `help reflect` and `-h
 * reflect` are `reflect --help`. The command may be in capitals.
 */
export function spellOut(args: readonly string[]): readonly string[] {
  const at = commandAt(args);
  if (at === undefined) return args;
  const flags = args.slice(0, at);
  const [command = '', ...words] = args.slice(at);
  const plainFlags = flags.filter(flag => !helpFlags.includes(flag));
  const isHelp = command === 'help' || plainFlags.length < flags.length;
  const [named, ...rest] = command === 'help' ? words : [command, ...words];
  const line = [...plainFlags, ...(named === undefined ? [] : [commandFor(named)]), ...rest];
  return isHelp ? [...line, '--help'] : line;
}

/** Whether a command line asks for help. */
export function asksHelp(args: readonly string[]): boolean {
  return args.some(arg => helpFlags.includes(arg));
}

/**
 * Which of the words with a sentence under `cli.tried` was typed, in any case; undefined for every other
 * word.
 */
export function unclearWord(typed: string): (typeof unclear)[number] | undefined {
  return unclear.find(word => word === typed.toLowerCase());
}

// Every command is in small letters.
function commandFor(typed: string): string {
  const word = typed.toLowerCase();
  return Object.hasOwn(aliases, word) ? (aliases[word] ?? word) : word;
}
