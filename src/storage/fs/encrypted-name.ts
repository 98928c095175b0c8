import { isThere } from './read-file.ts';

/** Says whether a file's name is that of a sealed one. */
export function isEncryptedName(path: string): boolean {
  return path.endsWith('.age');
}

/**
 * Says whether a file's name is that of a Markdown file, sealed or not. Syncing programs put their mark
 * before the last ending: `2026-03-12-k3f9qa.md (1).age`.
 */
export function isNoteName(name: string): boolean {
  return name.endsWith('.md') || /\.md\b[^/]*\.age$/.test(name);
}

/** Gives the name that a file has when it is not sealed. */
export function plaintextName(path: string): string {
  const encrypted = /^(.*)\.md\b([^/\\]*)\.age$/.exec(path);
  if (encrypted !== null) return `${encrypted[1]}${encrypted[2]}.md`;
  return isEncryptedName(path) ? path.slice(0, -'.age'.length) : path;
}

/** Gives the name that a file has when it is sealed. */
export function encryptedName(path: string): string {
  return isEncryptedName(path) ? path : `${path}.age`;
}

/**
 * The path under which a note lies now: another command may have encrypted or decrypted it since it was
 * listed. The path itself when neither form is there.
 */
export function currentPath(path: string): string {
  if (isThere(path)) return path;
  const other = isEncryptedName(path) ? plaintextName(path) : encryptedName(path);
  return isThere(other) ? other : path;
}
