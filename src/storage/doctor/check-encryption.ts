import type { Finding, EncryptionState } from '../../world/world.ts';
import type { FolderStore } from '../notebook/folder-store.ts';
import { relativePath } from '../fs/relative-path.ts';
import { listPlaintextFiles } from '../encrypt-all/list-plaintext-files.ts';

/** The argument of `rupture encrypt` that finishes the interrupted change, by state. */
const verbs: Readonly<Record<Exclude<EncryptionState, 'off' | 'on'>, string>> = {
  enabling: 'on',
  disabling: 'off',
  rotating: 'rotate',
};

/**
 * Returns findings about plaintext files in an encrypted folder, about its keys, and about an interrupted
 * change of its encryption. Changes nothing: `rupture encrypt` does that.
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
