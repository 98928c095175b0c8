import { isThere } from './read-file.ts';

/** Whether a file is encrypted, judged by its ending `.age`. */
export function isEncryptedName(path: string): boolean {
  return path.endsWith('.age');
}

/**
 * Whether a name is that of a Markdown file, encrypted or not. Syncing programs add their suffix before the
 * last ending: `2026-03-12-k3f9qa.md (1).age`.
 */
export function isNoteName(name: string): boolean {
  return name.endsWith('.md') || /\.md\b[^/]*\.age$/.test(name);
}

/** Returns the path that a file has as plaintext: `note.md.age` becomes `note.md`. */
export function plaintextName(path: string): string {
  const encrypted = /^(.*)\.md\b([^/\\]*)\.age$/.exec(path);
  if (encrypted !== null) return `${encrypted[1]}${encrypted[2]}.md`;
  return isEncryptedName(path) ? path.slice(0, -'.age'.length) : path;
}

/** Returns the path that a file has when it is encrypted: `note.md` becomes `note.md.age`. */
export function encryptedName(path: string): string {
  return isEncryptedName(path) ? path : `${path}.age`;
}

/**
 * Returns the path where a note is now: another command may have encrypted or decrypted it since the caller
 * listed it. Returns `path` itself when neither file exists.
 */
export function currentPath(path: string): string {
  if (isThere(path)) return path;
  const other = isEncryptedName(path) ? plaintextName(path) : encryptedName(path);
  return isThere(other) ? other : path;
}
