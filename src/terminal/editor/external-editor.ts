import { spawn } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withoutLastLineEnds } from '../../core/text/line-ends.ts';
import type { EditedCopy, Store, World } from '../../world/world.ts';
import {
  editorOf,
  launchOf,
  mayComeBack,
  needsShell,
  programOf,
  realName,
  splitCommand,
  type Launch,
} from './editor-command.ts';
import { openBefore, writtenIn } from './edited-file.ts';

/** What came of editing: a text, or why not, as a key under `terminal` in the words. */
export type Edited =
  /** `done` removes the file: it is called once the text is kept elsewhere. */
  | { readonly is: 'text'; readonly text: string; readonly done: () => void }
  /** What was written is kept in the file that `path` names, if there is anything. */
  | { readonly is: 'refused'; readonly key: string; readonly params: Readonly<Record<string, string>> };

export interface EditorOptions {
  /**
   * The setting, then VISUAL, then EDITOR; the first that says something. The system's own when none does.
   */
  readonly commands: readonly (string | undefined)[];
  /** The private temporary folder's parent. With encryption one that is never on a disk. */
  readonly folder: string;
  /**
   * True when nothing of the text may be left anywhere: the folder is in memory, and goes when it is empty.
   */
  readonly sealed?: boolean;
  /** The environment as the person has it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As in `process.platform`. */
  readonly platform: string;
  /** A clock in milliseconds, to see whether an editor came back at once; without it nobody looks. */
  readonly now?: () => number;
}

/**
 * Longer than programs take that hand a file to a window and end; shorter than a person reads and thinks, in
 * milliseconds.
 */
const atOnceMs = 2000;
const atOnceKey = 'editor_at_once';

/**
 * Gathers what an editor needs: the person's choice of one, and a place for the text that is as private as
 * the notes.
 */
export function editorOptions(
  { settings, now }: World,
  store: Store,
  { env, platform }: Pick<EditorOptions, 'env' | 'platform'>,
): EditorOptions {
  const commands = [settings.get('editor'), env['VISUAL'], env['EDITOR']];
  const [folder, sealed] = [store.editing.folder(), store.hasEncrypted()];
  return { commands, folder, sealed, env, platform, now: () => now().ms };
}

export interface EditorEnd {
  /** undefined when a signal ended it. */
  readonly status?: number;
  /** Set when it could not be started. */
  readonly missing?: boolean;
  /** True when it ended well, so quickly that its window may be open still. */
  readonly atOnce?: boolean;
}

// Without these, vim leaves what was copied in ~/.viminfo, and a swap file while it is open.
const vimFlags = ['-n', '-i', 'NONE', '--cmd', 'set nobackup nowritebackup noundofile noswapfile'];

// Their own settings could turn on again what is off above: histories, copies, what was searched for.
const sealedFlags: readonly (readonly [name: RegExp, flags: readonly string[]])[] = [
  [/^n?vim(?:[.-]|$)/, ['-c', 'set nobackup nowritebackup noundofile noswapfile']],
  [/^(?:nano|rnano)$/, ['-I']],
  [/^emacs(?:[.-]|$)/, ['-q']],
];

/** Says whether the person's editor is one whose own traces can be turned off. */
export function leavesNoTraces(options: EditorOptions): boolean {
  return flagsFor(programOf(commandOf(options), options), { ...options, sealed: true }).length > 0;
}

/**
 * Opens a function that lets the person edit a text in a file of its own: folder 0700, file 0600. It stays
 * until `done`, and when the editor fails, for as long as something was written; else it is removed.
 */
export function openTextEditor(options: EditorOptions): (text: string) => Promise<Edited> {
  return async text => {
    const folder = mkdtempSync(join(options.folder, 'rupture-'));
    const path = join(folder, 'text.md');
    const given = text === '' || text.endsWith('\n') ? text : `${text}\n`;
    writeFileSync(path, given, { mode: 0o600 });
    const readEdited = openBefore(path, given, options.platform);
    const end = await runEditor(path, options);
    const bytes = readEdited();
    const done = (): void => clear(folder, options);
    const refuse = (key: string, kept: string, params: Readonly<Record<string, string>>): Edited => {
      const written = writtenIn(folder, path, Buffer.from(given));
      if (written !== undefined) return { is: 'refused', key: kept, params: { ...params, path: written } };
      done();
      return { is: 'refused', key, params };
    };
    if (end.missing) return refuse('editor_missing', 'editor_missing_kept', { command: commandOf(options) });
    if (end.status === undefined) return refuse('editor_killed_unchanged', 'editor_killed', {});
    if (end.status !== 0)
      return refuse('editor_failed', 'editor_failed_kept', { status: String(end.status) });
    if (bytes === 'not-a-file') return refuse('editor_not_file', 'editor_not_file_kept', {});
    if (bytes === undefined || bytes === 'unreadable') return refuse('editor_gone', 'editor_gone_kept', {});
    const edited = decode(bytes);
    if (edited === undefined) return refuse('editor_not_utf8', 'editor_not_utf8', {});
    if (end.atOnce === true && bytes.equals(Buffer.from(given))) {
      return { is: 'refused', key: atOnceKey, params: { command: commandOf(options), path } };
    }
    return { is: 'text', text: withoutLastLineEnds(edited.replace(/\r\n/g, '\n')), done };
  };
}

/**
 * Opens a function that lets the person edit a copy of a text, byte for byte, in a file of its own: folder
 * 0700, file 0600. Whatever was written into the copy stays until it is removed; a copy that reads as before
 * goes when the editor fails.
 */
export function openCopyEditor(options: EditorOptions): (text: string) => Promise<EditedCopy> {
  return async text => {
    const folder = mkdtempSync(join(options.folder, 'rupture-'));
    const path = join(folder, 'text.md');
    writeFileSync(path, text, { mode: 0o600 });
    const remove = (): void => clear(folder, options);
    const round = async (): Promise<EditedCopy> => {
      const readEdited = openBefore(path, text, options.platform);
      const end = await runEditor(path, options);
      const bytes = readEdited();
      const refuse = (key: string, kept: string, params: Readonly<Record<string, string>>): EditedCopy => {
        const written = writtenIn(folder, path, Buffer.from(text));
        if (written !== undefined)
          return { is: 'refused', key: `terminal.${kept}`, params: { ...params, path: written } };
        remove();
        return { is: 'refused', key: `terminal.${key}`, params };
      };
      if (end.missing)
        return refuse('editor_missing', 'editor_missing_kept', { command: commandOf(options) });
      if (end.status === undefined) return refuse('editor_killed_unchanged', 'editor_killed', {});
      if (end.status !== 0)
        return refuse('editor_failed', 'editor_failed_kept', { status: String(end.status) });
      if (bytes === 'not-a-file') return refuse('editor_not_file', 'editor_not_file_kept', {});
      if (bytes === undefined || bytes === 'unreadable') return refuse('editor_gone', 'editor_gone_kept', {});
      if (end.atOnce === true && bytes.equals(Buffer.from(text))) {
        return { is: 'at-once', params: { command: commandOf(options), path } };
      }
      const edited = decode(bytes, true);
      return edited === undefined
        ? refuse('editor_not_utf8', 'editor_not_utf8', { path })
        : { is: 'text', text: edited, path, again: round, remove };
    };
    return round();
  };
}

/**
 * Runs the person's editor on a file and waits for its end. The terminal is the editor's meanwhile. A command
 * that needs a shell goes through `sh`, with the file behind it, as git does it.
 */
export function runEditor(path: string, options: EditorOptions): Promise<EditorEnd> {
  const command = commandOf(options);
  const inShell = needsShell(command, options);
  const launch = inShell ? shellLaunch(command, path, options) : directLaunch(path, options);
  const env = options.sealed === true ? { ...options.env, TMPDIR: dirname(path) } : { ...options.env };
  const started = options.now?.();
  return new Promise(resolve => {
    const child = spawn(launch.file, launch.args, {
      stdio: 'inherit',
      env,
      windowsVerbatimArguments: launch.verbatim,
    });
    child.on('error', () => resolve({ missing: true }));
    child.on('close', status => {
      // A shell tells of a program that it can't find, and of a signal that ended it, by numbers.
      if (inShell && (status === 126 || status === 127)) resolve({ missing: true });
      else if (status === null || (inShell && status > 128 && status <= 192)) resolve({});
      else
        resolve({
          status,
          atOnce: status === 0 && isQuick(started, options) && mayComeBack(command, options),
        });
    });
  });
}

function isQuick(started: number | undefined, { now }: EditorOptions): boolean {
  return started !== undefined && now !== undefined && now() - started < atOnceMs;
}

function directLaunch(path: string, options: EditorOptions): Launch {
  const [program, ...args] = wordsOf(options);
  return launchOf(program, [...flagsFor(program, options), ...args, path], options);
}

function shellLaunch(command: string, path: string, options: EditorOptions): Launch {
  const flags = flagsFor(programOf(command, options), options);
  return { file: 'sh', args: ['-c', `${command} "$@"`, command, ...flags, path], verbatim: false };
}

function commandOf({ commands, platform }: EditorOptions): string {
  return editorOf(commands, platform);
}

function wordsOf(options: EditorOptions): readonly [program: string, ...args: readonly string[]] {
  const [program = editorOf([], options.platform), ...args] = splitCommand(commandOf(options), options);
  return [program, ...args];
}

function flagsFor(program: string, options: EditorOptions): readonly string[] {
  const name = realName(program, options);
  return [
    ...(/^n?vim(?:[.-]|$)/.test(name) ? vimFlags : []),
    ...(options.sealed === true ? (sealedFlags.find(([known]) => known.test(name))?.[1] ?? []) : []),
  ];
}

/** Removes a copy's folder and, in memory, the one that it was in. */
function clear(folder: string, { folder: parent, sealed }: EditorOptions): void {
  rmSync(folder, { recursive: true, force: true });
  if (sealed !== true) return;
  try {
    rmdirSync(parent);
  } catch {
    // Another text is in it.
  }
}

function decode(bytes: Buffer, keepsMark = false): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: keepsMark }).decode(bytes);
  } catch {
    return undefined;
  }
}
