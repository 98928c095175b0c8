import { spawn } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withoutLastLineEnds } from '../../core/text/line-ends.ts';
import type { EditedCopy, Store, World } from '../../world/world.ts';
import {
  editorOf,
  launchOf,
  mayEndEarly,
  needsShell,
  programOf,
  realName,
  splitCommand,
  type Launch,
} from './editor-command.ts';
import { openBeforeEditing, findChangedFile } from './edited-file.ts';

/** The result of editing: a text, or the reason why there is none, as a key under `terminal` in the words. */
export type Edited =
  /** `done` removes the file: call it once the text is saved elsewhere. */
  | { readonly is: 'text'; readonly text: string; readonly done: () => void }
  /** The written text stays in the file that `path` in `params` names, if there is any. */
  | { readonly is: 'refused'; readonly key: string; readonly params: Readonly<Record<string, string>> };

export interface EditorOptions {
  /**
   * The setting, then VISUAL, then EDITOR: the first that is not blank is used. If there is none, the
   * system's default.
   */
  readonly commands: readonly (string | undefined)[];
  /** The parent of the private temporary folder. For encrypted notes one that is never on a disk. */
  readonly folder: string;
  /**
   * True if no trace of the text may remain anywhere: the folder is in memory, and is removed once it is
   * empty.
   */
  readonly encrypted?: boolean;
  /** The person's environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As in `process.platform`. */
  readonly platform: string;
  /** A clock in milliseconds, to detect an editor that ended immediately; without it nothing is detected. */
  readonly now?: () => number;
}

/**
 * In milliseconds: longer than a program takes that hands a file to a window and ends, shorter than a person
 * reads and thinks.
 */
const atOnceMs = 2000;
const atOnceKey = 'editor_at_once';

/**
 * Returns the options for an editor: the person's choice of editor, and a place for the text that is as
 * private as the notes.
 */
export function editorOptions(
  { settings, now }: World,
  store: Store,
  { env, platform }: Pick<EditorOptions, 'env' | 'platform'>,
): EditorOptions {
  const commands = [settings.get('editor'), env['VISUAL'], env['EDITOR']];
  const [folder, encrypted] = [store.editing.folder(), store.hasEncrypted()];
  return { commands, folder, encrypted, env, platform, now: () => now().ms };
}

export interface EditorEnd {
  /** Undefined if a signal ended it. */
  readonly status?: number;
  /** True if it could not be started. */
  readonly missing?: boolean;
  /** True if it succeeded so quickly that its window may still be open. */
  readonly atOnce?: boolean;
}

// Without these flags, vim leaves copied text in ~/.viminfo, and a swap file while it is open.
const vimFlags = ['-n', '-i', 'NONE', '--cmd', 'set nobackup nowritebackup noundofile noswapfile'];

// The editors' own settings could turn histories, backup copies and searches on again, which the flags above
// turn off.
const noTraceFlags: readonly (readonly [name: RegExp, flags: readonly string[]])[] = [
  [/^n?vim(?:[.-]|$)/, ['-c', 'set nobackup nowritebackup noundofile noswapfile']],
  [/^(?:nano|rnano)$/, ['-I']],
  [/^emacs(?:[.-]|$)/, ['-q']],
];

/** Returns true if the traces that the person's editor leaves can be turned off. */
export function leavesNoTraces(options: EditorOptions): boolean {
  return flagsFor(programOf(commandOf(options), options), { ...options, encrypted: true }).length > 0;
}

/**
 * Returns a function that lets the person edit a text in a new file: folder 0700, file 0600. The file stays
 * until `done`; if the editor fails, it stays if something was written, and is removed otherwise.
 */
export function openTextEditor(options: EditorOptions): (text: string) => Promise<Edited> {
  return async text => {
    const folder = mkdtempSync(join(options.folder, 'rupture-'));
    const path = join(folder, 'text.md');
    const original = text === '' || text.endsWith('\n') ? text : `${text}\n`;
    writeFileSync(path, original, { mode: 0o600 });
    const readEdited = openBeforeEditing(path, original, options.platform);
    const end = await runEditor(path, options);
    const bytes = readEdited();
    const done = (): void => removeFolder(folder, options);
    const refuse = (key: string, keptKey: string, params: Readonly<Record<string, string>>): Edited => {
      const written = findChangedFile(folder, path, Buffer.from(original));
      if (written !== undefined) return { is: 'refused', key: keptKey, params: { ...params, path: written } };
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
    if (end.atOnce === true && bytes.equals(Buffer.from(original))) {
      return { is: 'refused', key: atOnceKey, params: { command: commandOf(options), path } };
    }
    return { is: 'text', text: withoutLastLineEnds(edited.replace(/\r\n/g, '\n')), done };
  };
}

/**
 * Returns a function that lets the person edit a copy of a text, byte for byte, in a new file: folder 0700,
 * file 0600. A changed copy stays until `remove`; an unchanged copy is removed if the editor fails.
 */
export function openCopyEditor(options: EditorOptions): (text: string) => Promise<EditedCopy> {
  return async text => {
    const folder = mkdtempSync(join(options.folder, 'rupture-'));
    const path = join(folder, 'text.md');
    writeFileSync(path, text, { mode: 0o600 });
    const remove = (): void => removeFolder(folder, options);
    const round = async (): Promise<EditedCopy> => {
      const readEdited = openBeforeEditing(path, text, options.platform);
      const end = await runEditor(path, options);
      const bytes = readEdited();
      const refuse = (key: string, keptKey: string, params: Readonly<Record<string, string>>): EditedCopy => {
        const written = findChangedFile(folder, path, Buffer.from(text));
        if (written !== undefined)
          return { is: 'refused', key: `terminal.${keptKey}`, params: { ...params, path: written } };
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
 * Runs the person's editor on a file and waits for its end; the editor uses the terminal. A command that
 * needs a shell runs through `sh`, with the file as its last argument, as git does.
 */
export function runEditor(path: string, options: EditorOptions): Promise<EditorEnd> {
  const command = commandOf(options);
  const inShell = needsShell(command, options);
  const launch = inShell ? shellLaunch(command, path, options) : directLaunch(path, options);
  const env = options.encrypted === true ? { ...options.env, TMPDIR: dirname(path) } : { ...options.env };
  const started = options.now?.();
  return new Promise(resolve => {
    const child = spawn(launch.file, launch.args, {
      stdio: 'inherit',
      env,
      windowsVerbatimArguments: launch.verbatim,
    });
    child.on('error', () => resolve({ missing: true }));
    child.on('close', status => {
      // A shell reports a program that it can't find, and a signal that ended it, as exit codes.
      if (inShell && (status === 126 || status === 127)) resolve({ missing: true });
      else if (status === null || (inShell && status > 128 && status <= 192)) resolve({});
      else
        resolve({
          status,
          atOnce: status === 0 && isQuick(started, options) && mayEndEarly(command, options),
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
    ...(options.encrypted === true ? (noTraceFlags.find(([known]) => known.test(name))?.[1] ?? []) : []),
  ];
}

/** Removes a copy's folder and, if it is in memory, its parent. */
function removeFolder(folder: string, { folder: parent, encrypted }: EditorOptions): void {
  rmSync(folder, { recursive: true, force: true });
  if (encrypted !== true) return;
  try {
    rmdirSync(parent);
  } catch {
    // The parent still contains another text.
  }
}

function decode(bytes: Buffer, keepsMark = false): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: keepsMark }).decode(bytes);
  } catch {
    return undefined;
  }
}
