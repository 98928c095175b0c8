import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Now } from './core/dates/day.ts';
import { withDayEnds } from './core/dates/day-ends.ts';
import { findWords } from './core/language/words.ts';
import { helpNowPage } from './cli/show/help-page.ts';
import { openAsking } from './cli/passphrase/ask-passphrase.ts';
import { openUnsavedAnswers, rememberUnsaved } from './sessions/session/unsaved-answers.ts';
import { Exit, Problem } from './errors.ts';
import type { Ending } from './errors.ts';
import type { Machine } from './machine.ts';
import { readRandom } from './storage/system/random.ts';
import { readClock } from './storage/system/clock.ts';
import { host } from './storage/system/host-name.ts';
import { isAlive } from './storage/system/is-process-alive.ts';
import type { EncryptedStore } from './storage/open-store.ts';
import type { AskPassphrase } from './storage/encryption/unlock.ts';
import { readOwnHelp } from './storage/templates/own-help.ts';
import { overridingIn } from './storage/settings/overrides.ts';
import {
  configFolder,
  copyEnvironment,
  folderHere,
  notesFolder,
  pathNamed,
} from './storage/settings/locations.ts';
import type { PlaceNeeds } from './storage/settings/locations.ts';
import { openSettings, settingIfAny, withoutPlace } from './storage/settings/settings.ts';
import { loadWords, openTemplates } from './storage/templates/templates.ts';
import { cleaning, openOutput, openMessages } from './terminal/output/output.ts';
import type { InquirerPrompterOptions } from './terminal/prompts/inquirer-prompter.ts';
import { isOn, plainFrom, wantsColour, withTerminals } from './terminal/output/environment.ts';
import type { Sink } from './terminal/output/sink.ts';
import { openStyle } from './terminal/output/styles.ts';
import { stopGroup } from './terminal/input/suspend.ts';
import { widthOf } from './terminal/text/width.ts';
import { wrapHanging } from './terminal/text/wrap.ts';
import type { EditedCopy, Globals, Prompter, Scratch, Settings, Words, World } from './world/world.ts';

declare const RUPTURE_VERSION: string | undefined;

/** The clock and chance; the machine's own unless a test hands in others. */
export interface FixedRandom {
  readonly now: () => Now;
  readonly random: (count: number) => Uint8Array;
  /** The power of two of the work that a passphrase takes; tests take less. */
  readonly cost?: number;
}

/** While there is nothing to read them from. */
const noSettings: Settings = {
  path: '',
  get: () => undefined,
  hidden: [],
  all: {},
  change: () => Promise.reject(new Error('the demo has no settings')),
};

const ownFate: FixedRandom = { now: readClock, random: count => readRandom(count) };

/**
 * Opens the real world. The only place that reads the process: its streams, environment, clock and chance.
 */
export async function openWorld(
  machine: Machine,
  globals: Globals,
  replaced: Partial<FixedRandom> = {},
): Promise<World> {
  const { env, platform } = machine;
  const fixedRandom: FixedRandom = { ...ownFate, ...replaced };
  const { random } = fixedRandom;
  if (globals.demo !== undefined && globals.folder !== undefined)
    throw new Problem('cli.not-together', { a: 'demo', b: '--folder' }, { exit: Exit.misused });
  // Children (the editor) get the environment as the person has it.
  const ownEnv = copyEnvironment(env, platform);
  const process = withTerminals(machine, ownEnv);
  const { stdout, stderr } = process;
  const places: PlaceNeeds = { env: ownEnv, platform, cwd: () => folderHere(() => process.cwd()) };
  const config = (): string | undefined =>
    globals.demo === undefined
      ? configFolder(places)
      : globals.demo.folder && join(globals.demo.folder, 'settings');
  const settings = settingsIn(config);
  const now = (): Now => withDayEnds(fixedRandom.now(), settingIfAny(settings, 'day_ends'));
  const language = settingIfAny(settings, 'language') ?? 'en';
  const tree = await loadWords(language);
  const words: Words = (key, params) => findWords(tree, key, params);

  const notes = (): string => folderOf(places, globals, settings);
  const pathOf = (path: string): string => pathNamed(path, places);
  const windows = platform === 'win32';

  const isPlain = globals.plain === true || isOn(ownEnv['ACCESSIBLE']);
  const mayColour = globals.color !== false && !isPlain;
  const colourOn = (isTerminal: boolean): boolean => mayColour && wantsColour(ownEnv, isTerminal);
  const outColour = colourOn(stdout.isTTY === true);
  // Packages that look at the environment by themselves have to come to the same answer.
  env['FORCE_COLOR'] = outColour ? '1' : '0';
  env['FORCE_HYPERLINK'] = '0';
  let failed = false;
  const failing = (cause: Error): void => {
    failed = true;
    talk.say(
      words('cli.write-failed.says', {
        reason: cause instanceof Error && 'code' in cause ? String(cause.code) : cause.message,
      }),
    );
    talk.say(words('cli.write-failed.do'));
  };
  const talk = openMessages({
    stream: stderr,
    isTerminal: stderr.isTTY === true,
    columns: columnsOf(stderr),
    style: await openStyle({ colour: colourOn(stderr.isTTY === true) }),
    onBroken: () => {},
    onFailed: () => {},
  });
  const out = openOutput({
    stream: stdout,
    isTerminal: stdout.isTTY === true,
    columns: columnsOf(stdout),
    style: await openStyle({ colour: outColour }),
    onBroken: () => {},
    onFailed: failing,
  });

  const clean = cleaning(out.style);
  const ended = new AbortController();
  const plain = (): boolean => isPlain || ownEnv['TERM'] === 'dumb' || settings.get('plain') === 'on';
  let store: Promise<EncryptedStore> | undefined;
  const unkept = openUnsavedAnswers();
  const given =
    globals.passphraseFd === undefined
      ? undefined
      : (await import('./storage/outside/passphrase-from-descriptor.ts')).openPassphraseLines(
          globals.passphraseFd,
        );
  const asking = openAsking({
    words,
    given,
    canAsk: process.inputIsTerminal && stderr.isTTY === true,
    open: () => world.openPrompter(),
  });
  const openOnce = async (): Promise<EncryptedStore> => (store ??= openOwnStore());
  const openOwnStore = async (): Promise<EncryptedStore> => {
    const { command } = globals;
    const needs = { ask: asking.ask, command };
    const opened = await openStore(process, config() ?? notes(), notes(), { ...fixedRandom, now }, needs);
    if (command === undefined || command === '__complete') return opened;
    if (opened.isToldOther()) talk.say(words('encrypt.recipient_changed'));
    return rememberUnsaved(opened, unkept, words);
  };
  const world: World = {
    passphraseGiven: given,
    now,
    words,
    out,
    messages: talk,
    settings,
    plain,
    unsaved: unkept,
    overriding: () => overridingIn(globals, ownEnv, plainFrom(ownEnv)),
    version: typeof RUPTURE_VERSION === 'string' ? RUPTURE_VERSION : '0.0.0',
    debug: ownEnv['RUPTURE_DEBUG'] === '1',
    random,
    get interactive() {
      return process.inputIsTerminal;
    },
    // What is shown instead of a control character is wider than it.
    layout: { widthOf: text => widthOf(clean(text)), wrap: (text, width) => wrapHanging(clean(text), width) },
    templates: openTemplates(language, () => join(notes(), 'templates')),
    folder: notes,
    ownHelp: () => readOwnHelp(notes()),
    openStore: openOnce,
    giveBack: async error =>
      (await import('./sessions/drafts/save-unsaved-answers.ts')).giveBackUnsavedAnswers(world, error),
    openEncryption: async () => (await openOnce()).openEncryption(),
    openDoctor: async () =>
      (await import('./storage/doctor/doctor.ts')).openDoctor({
        store: await openOnce(),
        templates: world.templates,
        settings: settings.path,
        now,
        random,
        uid: process.getuid?.(),
        pid: process.pid,
        host,
        isAlive: pid => isAlive(process.kill, pid),
      }),
    openProgress: async () =>
      (await import('./terminal/output/progress.ts')).openProgress({
        stream: stderr,
        shows: stderr.isTTY === true && !plain(),
        width: talk.width,
        now: () => now().ms,
      }),
    openScratch: () => openScratch(process, ownEnv['TMPDIR'] || tmpdir()),
    openPrompter: async () => asking.follow(await openPrompter(process, world, ownEnv, ended)),
    edit: text => editCopy(process, world, ownEnv, text),
    readInput: async () =>
      (await import('./storage/outside/named-files.ts')).readAll(
        process.stdin,
        words('answers.standard-input'),
      ),
    readFile: async path => (await import('./storage/outside/named-files.ts')).readNamed(pathOf(path)),
    openIncoming: async path =>
      (await import('./storage/outside/import-files.ts')).openIncoming(pathOf(path)),
    writeFile: (path, text) =>
      atNewFile(pathOf(path), files =>
        files.writeNamed({ pid: process.pid, random, windows }, pathOf(path), text),
      ),
    checkNewFile: path => atNewFile(pathOf(path), files => files.mayWriteNamed(pathOf(path), windows)),
    pathOf,
    parseData: async (text, place) => (await import('./storage/format/yaml.ts')).parseYamlNodes(text, place),
    ended: ended.signal,
    waitForOutput: async () => {
      await out.done();
      await talk.done();
    },
    writeFailed: () => failed,
  };
  return world;
}

/**
 * Opens the settings. Where it can't be told in which folder they lie, whoever needs one hears so; --help and
 * help-now need none.
 */
function settingsIn(config: () => string | undefined): Settings {
  try {
    const folder = config();
    return folder === undefined ? noSettings : openSettings(folder);
  } catch (error) {
    return withoutPlace(error);
  }
}

/** Gives the folder of the notes. */
function folderOf(places: PlaceNeeds, { folder, demo }: Globals, settings: Settings): string {
  if (demo === undefined) return notesFolder(places, folder, () => settings.get('folder'));
  if (demo.folder === undefined) throw new Error('the demo has no folder yet');
  return join(demo.folder, 'notes');
}

async function openScratch(process: Machine, temp: string): Promise<Scratch> {
  const scratch = (await import('./storage/notebook/scratch-folder.ts')).openScratch(temp);
  const clear = (): void => {
    try {
      scratch.remove();
    } catch {
      // Who could be told is gone, or was told when the run ended.
    }
  };
  process.on('exit', clear);
  for (const ending of ['SIGINT', 'SIGTERM', 'SIGHUP'] satisfies Ending[]) {
    // `once`: by then it is off the list, and where no prompt listens too the signal does what it would have
    // done without it.
    process.once(ending, () => {
      clear();
      process.kill(process.pid, ending);
    });
  }
  return scratch;
}

async function openStore(
  process: Machine,
  configDir: string,
  folder: string,
  { now, random, cost }: FixedRandom,
  { ask, command }: { readonly ask: AskPassphrase; readonly command?: string },
): Promise<EncryptedStore> {
  const store = await import('./storage/open-store.ts');
  return store.openStore({
    configDir,
    folder,
    now,
    random,
    cost,
    command,
    ask,
    env: copyEnvironment(process.env, process.platform),
    pid: process.pid,
    uid: process.getuid?.(),
    host,
    platform: process.platform,
    isAlive: pid => isAlive(process.kill, pid),
  });
}

async function openPrompter(
  process: Machine,
  world: World,
  env: Readonly<Record<string, string | undefined>>,
  ended: AbortController,
): Promise<Prompter> {
  const { stderr } = process;
  // `on`, not `once`: other listeners count ours, and end the process when it is gone.
  for (const ending of ['SIGINT', 'SIGTERM', 'SIGHUP'] satisfies Ending[])
    process.on(ending, () => ended.abort(ending));
  const help = (): Promise<string> => helpNowPage(world);
  // All that may be needed until the end: whoever replaces the program meanwhile takes nothing away from this
  // sitting.
  const preload = async (): Promise<void> =>
    void (await Promise.allSettled([
      world.templates.closings(),
      world.templates.helpNow(),
      import('./terminal/editor/external-editor.ts'),
      import('./sessions/drafts/save-unsaved-answers.ts'),
    ]));
  const asLines = world.plain() || !process.inputIsTerminal || stderr.isTTY !== true || !isStream(stderr);
  const prompter = asLines
    ? (await import('./terminal/lines/line-prompter.ts')).openLinePrompter({
        input: process.stdin,
        output: stderr,
        words: world.words,
        help,
        preload,
        ended: ended.signal,
        isTerminal: process.inputIsTerminal,
        width: world.messages.width,
      })
    : await openCursorPrompter(process, stderr, world, env, ended, { help, preload });
  process.on('exit', () => prompter.close());
  return prompter;
}

async function openCursorPrompter(
  process: Machine,
  output: Sink & NodeJS.WritableStream,
  world: World,
  env: Readonly<Record<string, string | undefined>>,
  ended: AbortController,
  { help, preload }: Pick<InquirerPrompterOptions, 'help' | 'preload'>,
): Promise<Prompter> {
  const [{ openInquirerPrompter }, { whenUnlocked }] = await Promise.all([
    import('./terminal/prompts/inquirer-prompter.ts'),
    import('./storage/fs/lock.ts'),
  ]);
  return openInquirerPrompter({
    input: process.stdin,
    output,
    words: world.words,
    style: world.messages.style,
    help,
    preload,
    ended: ended.signal,
    // A stopped process that held the lock would keep every other one waiting.
    suspend: resumed => void whenUnlocked().then(() => stopGroup(process, resumed)),
    edit: async text => {
      const [{ editorOptions, openTextEditor }, store] = await Promise.all([
        import('./terminal/editor/external-editor.ts'),
        world.openStore(),
      ]);
      return openTextEditor(editorOptions(world, store, { env, platform: process.platform }))(text);
    },
  });
}

async function editCopy(
  process: Machine,
  world: World,
  env: Readonly<Record<string, string | undefined>>,
  text: string,
): Promise<EditedCopy> {
  const [{ editorOptions, leavesNoTraces, openCopyEditor }, store] = await Promise.all([
    import('./terminal/editor/external-editor.ts'),
    world.openStore(),
  ]);
  const options = editorOptions(world, store, { env, platform: process.platform });
  const isNamed = options.commands.some(command => command !== undefined && command.trim() !== '');
  if (!world.interactive && !isNamed) throw new Problem('edit.no-editor', {}, { exit: Exit.misused });
  // Ctrl-C in the editor is the editor's; with it the whole group is signalled.
  process.on('SIGINT', () => {});
  if (options.encrypted && !leavesNoTraces(options)) world.messages.say(world.words('edit.traces'));
  return openCopyEditor(options)(text);
}

function isStream(sink: Sink): sink is Sink & NodeJS.WritableStream {
  return 'end' in sink;
}

function columnsOf(stream: Machine['stdout']): number | undefined {
  return stream.isTTY === true ? stream.columns : undefined;
}

type NamedFiles = typeof import('./storage/outside/named-files.ts');

/** Does `work` at a path where no file is yet; throws a Problem when it says that there is one. */
async function atNewFile(path: string, work: (files: NamedFiles) => boolean): Promise<void> {
  if (!work(await import('./storage/outside/named-files.ts'))) throw new Problem('cli.file-exists', { path });
}
