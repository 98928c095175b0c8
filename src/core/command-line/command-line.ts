/**
 * Words that people type out of habit, and the command that each one runs. They run immediately, so this
 * table has only commands that show something or ask a question, never one that changes or deletes a note.
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
 * Words that could mean several commands, or a command that changes or deletes a note. For each, the message
 * `cli.tried.WORD` names the commands to choose from.
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

/** The global flags that take a value. */
const valued = ['--folder', '--passphrase-fd'];

const helpFlags = ['-h', '--help'];

/** Returns the index of the command in the arguments; undefined if there is none. */
export function commandAt(args: readonly string[]): number | undefined {
  const at = args.findIndex((arg, index) => !arg.startsWith('-') && !valued.includes(args[index - 1] ?? ''));
  return at < 0 ? undefined : at;
}

/**
 * Rewrites a command line to its standard form: `ls` becomes `list`; `help reflect` and `-h reflect` become
 * `reflect --help`. Ignores the case of the command.
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

/** Whether the arguments include `-h` or `--help`. */
export function asksHelp(args: readonly string[]): boolean {
  return args.some(arg => helpFlags.includes(arg));
}

/** Returns the word with a message under `cli.tried` that was typed, ignoring case; undefined for others. */
export function unclearWord(typed: string): (typeof unclear)[number] | undefined {
  return unclear.find(word => word === typed.toLowerCase());
}

// All commands are in lower case.
function commandFor(typed: string): string {
  const word = typed.toLowerCase();
  return Object.hasOwn(aliases, word) ? (aliases[word] ?? word) : word;
}
