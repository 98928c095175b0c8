import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterEach } from 'vitest';
import { parseDay, parseInstant, type Day, type Now } from '../../src/core/dates/day.ts';
import type { NewReflection, Section } from '../../src/core/notes/reflection.ts';
import { openFolderStore, type FolderStore } from '../../src/storage/notebook/folder-store.ts';
import { openFolderRegistry } from '../../src/storage/folder/folder-registry.ts';
import { openKeyFiles } from '../../src/storage/encryption/key-files.ts';
import { openInMemoryFolder } from '../../src/storage/folder/in-memory-folder.ts';
import { openWriter } from '../../src/storage/fs/write-file.ts';
import type { Locked } from '../../src/storage/fs/lock.ts';
import { openEncryptedFiles } from '../../src/storage/encryption/encrypted-files.ts';
import { openUnlocking, type AskPassphrase } from '../../src/storage/encryption/unlock.ts';
import { openAgeVault } from '../../src/storage/encryption/vault.ts';

const made: string[] = [];

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Makes a folder for this test, and removes it afterwards. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rupture-storage-'));
  made.push(folder);
  return folder;
}

export function dayOf(text: string): Day {
  const day = parseDay(text);
  if (day === undefined) throw new Error(text);
  return day;
}

export const writer = openWriter({ pid: process.pid, random: count => randomBytes(count) });

export function someNow(): Now {
  const instant = parseInstant('2026-03-12T19:04:55.120-05:00');
  if (instant === undefined) throw new Error('no instant');
  return { instant, day: dayOf('2026-03-12'), ms: Date.now() };
}

/** Replaces the lock in a test without other writers. */
export const alone: Locked = async work => work();

export interface StoreOver {
  readonly config?: string;
  readonly pid?: number;
  readonly uid?: number;
  readonly isAlive?: (pid: number) => boolean;
  readonly ask?: AskPassphrase;
  readonly host?: () => string;
}

export function storeIn(folder: string, over: StoreOver = {}): FolderStore {
  const configDir = over.config ?? join(folder, '.config');
  const files = openKeyFiles({ folder, configDir, writer, locked: alone });
  const unlocking = openUnlocking(
    files,
    over.ask ?? (() => Promise.reject(new Error('nobody is here to be asked'))),
  );
  return openFolderStore({
    folder,
    pid: over.pid ?? process.pid,
    uid: over.uid ?? process.getuid?.(),
    host: over.host ?? hostname,
    now: someNow,
    random: count => randomBytes(count),
    isAlive: over.isAlive ?? (() => true),
    writer,
    known: openFolderRegistry({ configDir, writer, locked: alone }),
    texts: openEncryptedFiles({
      folder,
      files,
      vault: openAgeVault(unlocking),
      isUnlocked: () => unlocking.held() !== undefined,
    }),
    memory: openInMemoryFolder({
      folder,
      env: { XDG_RUNTIME_DIR: join(folder, '.config') },
      uid: process.getuid?.(),
      platform: 'linux',
    }),
  });
}

export function noteOf(sections: readonly Section[], over: Partial<NewReflection> = {}): NewReflection {
  return {
    id: 'k3f9qa',
    session: dayOf('2026-03-12'),
    title: 'They got me wrong about my sister',
    front: {
      created: '2026-03-12T19:04:55.120-05:00',
      status: 'open',
      kinds: ['misread', 'other: the fan was loud'],
      size: 5,
      history: ['2026-03-12 open 5'],
    },
    sections,
    ...over,
  };
}

/** Strings that break careless writers and readers. */
export const hostile: readonly string[] = [
  '',
  ' ',
  '\n',
  '\n\n',
  'a\n',
  '\na',
  '\n\na\n\n',
  '---',
  '---\nid: x\n---',
  '# heading',
  '## What happened',
  '### x',
  '   ## x',
  '\\## x',
  '\\\\## x',
  '#',
  '##',
  '## ',
  '#no',
  '```',
  '```js\n## x\n',
  '~~~\n',
  '   ```',
  '<script>',
  '<pre>x',
  '<style',
  '<textarea>',
  '<!-- x',
  '<?php',
  '<!DOCTYPE',
  '<![CDATA[',
  '<SCRIPT>',
  '%%',
  '%% x',
  '$$',
  '$$x',
  'a\n===',
  'a\n---',
  'a\n-',
  'a\n=',
  'a\n--- \t',
  '$&',
  '$1',
  '$`',
  "$'",
  '{{x}}',
  'nai\u0308ve',
  'na\u00efve',
  '👩‍👩‍👧',
  'שלום',
  '\u202eabc',
  'a\u2028## b',
  'a\u2029---',
  'a\u0085b',
  '\ufeffa',
  'a\rb',
  'a\r## b',
  '```\rx',
  'a\r',
  '\r',
  '- # x',
  '> ## x',
  '1. ```',
  '    # code',
  '\t# x',
  '[a]: /u "t',
  '[^1]: x',
  '<div>',
  '</div>',
  '|a|\n|-|',
  '***',
  '___',
  '* * *',
  '__proto__',
  'null',
  '~',
  '- a\n  - b',
  '...',
  'rupture: 1',
  '\\',
  '\\\\',
  'a\\\nb',
  'x\0y',
  '\u001b[31m',
  '[ ] x',
];
