import type { Finding, EncryptionState } from '../../world/world.ts';
import type { FolderStore } from '../notebook/folder-store.ts';
import { relativePath } from '../fs/relative-path.ts';
import { listPlaintextFiles } from '../encrypt-all/list-plaintext-files.ts';

/** The verb of `rupture encrypt` that finishes what was interrupted in each state. */
const verbs: Readonly<Record<Exclude<EncryptionState, 'off' | 'on'>, string>> = {
  enabling: 'on',
  disabling: 'off',
  rotating: 'rotate',
};

/**
 * Names what is not encrypted in an encrypted folder, what is wrong with its keys, and a change of its
 * encryption that was interrupted. Changes nothing: `rupture encrypt on` finishes.
 */
export function encryptionFindings({ folder, texts }: FolderStore): readonly Finding[] {
  const { state, hasKey, pinned, advertised } = texts.keyFiles();
  if (state === 'off') return pinned === undefined ? [] : [found('storage.seal-gone', folder, { folder })];
  const plaintext = state === 'on' ? listPlaintextFiles(folder) : [];
  return [
    ...(hasKey ? [] : [foundAt('storage.key-missing', '.rupture/identity.age')]),
    ...(pinned === undefined ? [found('storage.seal-not-trusted', folder, { folder })] : []),
    ...(pinned !== undefined && advertised !== pinned
      ? [foundAt('doctor.recipient', '.rupture/recipient.txt')]
      : []),
    ...plaintext.map(path => foundAt('doctor.clear', relativePath(folder, path))),
    ...(state === 'on' ? [] : [found('doctor.sealing', folder, { verb: verbs[state] })]),
  ];
}

function foundAt(key: string, path: string): Finding {
  return found(key, path, { path });
}

function found(key: string, path: string, params: Finding['params']): Finding {
  return { key, path, params, severity: 'action' };
}
