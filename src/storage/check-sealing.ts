import type { Finding } from '../world.ts';
import type { FolderStore } from './folder-store.ts';
import { toldInside } from './inside.ts';
import { clearFiles } from './sealable.ts';

/**
 * Names what of a sealed folder is not sealed, and a work on it that was ended. Nothing is changed: `rupture
 * encrypt on` seals what is left.
 */
export function sealingFindings({ folder, texts }: FolderStore): readonly Finding[] {
  const { state, hasKey, pinned, advertised } = texts.sealing();
  if (state === 'off')
    return pinned === undefined
      ? []
      : [{ key: 'storage.seal-gone', path: folder, params: { folder }, weight: 'left' }];
  return [
    ...(hasKey
      ? []
      : [
          {
            key: 'storage.key-missing',
            path: '.rupture/identity.age',
            params: { path: '.rupture/identity.age' },
            weight: 'left',
          } satisfies Finding,
        ]),
    ...(pinned === undefined
      ? [
          {
            key: 'storage.seal-not-trusted',
            path: folder,
            params: { folder },
            weight: 'left',
          } satisfies Finding,
        ]
      : []),
    ...(pinned !== undefined && advertised !== pinned
      ? [
          {
            key: 'doctor.recipient',
            path: '.rupture/recipient.txt',
            params: { path: '.rupture/recipient.txt' },
            weight: 'left',
          } satisfies Finding,
        ]
      : []),
    ...(state === 'on'
      ? clearFiles(folder).map((path): Finding => ({
          key: 'doctor.clear',
          path: toldInside(folder, path),
          params: { path: toldInside(folder, path) },
          weight: 'left',
        }))
      : []),
    ...(state === 'on'
      ? []
      : [
          {
            key: 'doctor.sealing',
            path: folder,
            params: { verb: state === 'enabling' ? 'on' : state === 'disabling' ? 'off' : 'rotate' },
            weight: 'left',
          } satisfies Finding,
        ]),
  ];
}
