import { tmpdir } from 'node:os';
import { Problem } from '../errors.ts';
import type { Machine } from '../machine.ts';
import type { EncryptedStore } from '../storage/open-store.ts';
import { host } from '../storage/system/host-name.ts';
import { isAlive } from '../storage/system/is-process-alive.ts';
import type { FilesPort, InputPort, MaintenancePort, World } from '../world/world.ts';
import { openScratch } from './scratch.ts';

type NamedFiles = typeof import('../storage/outside/named-files.ts');

/** Opens the port to the files that the person names; `pathOf` makes their paths absolute. */
export function filesPort(
  process: Machine,
  { pathOf, random, words }: Pick<World, 'pathOf' | 'random' | 'words'>,
): FilesPort & Pick<InputPort, 'readInput'> {
  const load = (): Promise<NamedFiles> => import('../storage/outside/named-files.ts');
  const windows = process.platform === 'win32';
  const atNewFile = async (path: string, work: (files: NamedFiles) => boolean): Promise<void> => {
    if (!work(await load())) throw new Problem('cli.file-exists', { path });
  };
  return {
    pathOf,
    readInput: async () => (await load()).readAll(process.stdin, words('answers.standard-input')),
    readFile: async path => (await load()).readNamed(pathOf(path)),
    openIncoming: async path =>
      (await import('../storage/outside/import-files.ts')).openIncoming(pathOf(path)),
    writeFile: (path, text) =>
      atNewFile(pathOf(path), files =>
        files.writeNamed({ pid: process.pid, random, windows }, pathOf(path), text),
      ),
    checkNewFile: path => atNewFile(pathOf(path), files => files.mayWriteNamed(pathOf(path), windows)),
    parseData: async (text, place) => (await import('../storage/format/yaml.ts')).parseYamlNodes(text, place),
  };
}

export interface MaintenanceNeeds extends Pick<World, 'now' | 'random' | 'templates' | 'settings'> {
  readonly process: Machine;
  readonly temp: string | undefined;
  readonly openStore: () => Promise<EncryptedStore>;
}

/** Opens the port to encryption, the doctor and folders for a single run; `temp` is TMPDIR. */
export function maintenancePort({
  process,
  temp,
  openStore,
  now,
  random,
  templates,
  settings,
}: MaintenanceNeeds): MaintenancePort {
  return {
    openEncryption: async () => (await openStore()).openEncryption(),
    openDoctor: async () =>
      (await import('../storage/doctor/doctor.ts')).openDoctor({
        store: await openStore(),
        templates,
        settings: settings.path,
        now,
        random,
        uid: process.getuid?.(),
        pid: process.pid,
        host,
        isAlive: pid => isAlive(process.kill, pid),
      }),
    openScratch: () => openScratch(process, temp || tmpdir()),
  };
}
