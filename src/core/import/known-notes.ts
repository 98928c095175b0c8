import { placeKey } from '../text/portable-file-name.ts';
import type { Head } from '../notes/reflection.ts';
import type { PreparedEntry } from './imported-note.ts';
import { familyOf, importedId } from './entry/source-identity.ts';

/**
 * A note in the folder and, if it was imported, the fingerprints its import left: of the source content and
 * of the note as written.
 */
export interface KnownNote {
  readonly id: string;
  /** Absolute. */
  readonly path: string;
  readonly from?: { readonly family: string; readonly identity: string };
  readonly content?: string;
  readonly written?: string;
}

/** How an entry relates to the notes in the folder. */
export type Match =
  /** Imported before, and unchanged in the source. */
  | { readonly is: 'same'; readonly note: KnownNote }
  /** Imported before, and changed in the source since. */
  | { readonly is: 'changed'; readonly note: KnownNote }
  /** A duplicate within this import. */
  | { readonly is: 'twice' }
  | { readonly is: 'new'; readonly id: string; readonly identity: string };

/** Reads an import's keys from a note's front matter. */
export function knownNote({ id, keys }: Head, path: string): KnownNote {
  const [, source, identity] = /^([\w.-]+): (.*)$/s.exec(textOf(keys['imported_from'])) ?? [];
  const [content, written] = textOf(keys['imported_as']).split(' ');
  const isImported = source !== undefined && identity !== undefined;
  return {
    id,
    path,
    ...(isImported ? { from: { family: familyOf(source), identity } } : {}),
    ...(written === undefined ? {} : { content, written }),
  };
}

/**
 * Matches entries to notes: first by content, since a file may have been renamed, then by identity. No note
 * matches two entries.
 */
export function matchEntries(
  entries: readonly PreparedEntry[],
  notes: readonly KnownNote[],
): readonly Match[] {
  const index = indexOf(notes);
  const taken = new Set<string>();
  const contents = new Set<string>();
  const first = entries.map((entry): Match | undefined => {
    const key = contentKey(familyOf(entry.source), entry.identity, entry.content);
    if (contents.has(key)) return { is: 'twice' };
    contents.add(key);
    const note =
      index.byContent.get(key) ?? (entry.formerId === undefined ? undefined : index.byId.get(entry.formerId));
    if (note === undefined || taken.has(note.id)) return undefined;
    taken.add(note.id);
    return { is: 'same', note };
  });
  const given = new Set<string>();
  return entries.map((entry, at) => first[at] ?? matchByIdentity(entry, { index, taken, given }));
}

interface Index {
  readonly byId: ReadonlyMap<string, KnownNote>;
  readonly byContent: ReadonlyMap<string, KnownNote>;
  readonly byIdentity: ReadonlyMap<string, KnownNote>;
  /** By the last two path segments, so that importing a subfolder finds the notes of the whole folder. */
  readonly byTail: ReadonlyMap<string, readonly KnownNote[]>;
}

interface Progress {
  readonly index: Index;
  /** Ids of notes that are already matched. */
  readonly taken: Set<string>;
  /** Identities of new entries. */
  readonly given: Set<string>;
}

function matchByIdentity(entry: PreparedEntry, { index, taken, given }: Progress): Match {
  const family = familyOf(entry.source);
  const isFree = (note: KnownNote): boolean => !taken.has(note.id);
  for (let attempt = 0; ; attempt++) {
    // Two entries can share an identity, such as the same minute.
    const identity = [
      entry.identity,
      ...(attempt > 0 ? [entry.title] : []),
      ...(attempt > 1 ? [`(${attempt})`] : []),
    ].join(' ');
    const known =
      index.byIdentity.get(identityKey(family, identity)) ??
      (family === 'file' ? sameEnd(index, identity) : undefined);
    if (known !== undefined && isFree(known)) {
      taken.add(known.id);
      return { is: known.content === entry.content ? 'same' : 'changed', note: known };
    }
    if (known === undefined && !given.has(identityKey(family, identity))) {
      given.add(identityKey(family, identity));
      return newMatch(entry, identity, { index, taken });
    }
  }
}

/**
 * Finds a free id. A note that has the id but no import keys is the same note with its keys removed by hand.
 */
function newMatch(
  { source }: PreparedEntry,
  identity: string,
  { index, taken }: Pick<Progress, 'index' | 'taken'>,
): Match {
  for (let attempt = 0; ; attempt++) {
    const id = importedId(source, identity, attempt);
    const note = index.byId.get(id);
    if (taken.has(id) || note?.from !== undefined) continue;
    taken.add(id);
    return note === undefined ? { is: 'new', id, identity } : { is: 'same', note };
  }
}

function indexOf(notes: readonly KnownNote[]): Index {
  const byTail = new Map<string, KnownNote[]>();
  const imported = notes.filter(({ from }) => from !== undefined);
  for (const note of imported) {
    if (note.from?.family !== 'file') continue;
    const tail = tailOf(note.from.identity);
    byTail.set(tail, [...(byTail.get(tail) ?? []), note]);
  }
  return {
    byId: new Map(notes.map(note => [note.id, note])),
    byContent: new Map(
      imported.map(note => [
        contentKey(note.from?.family ?? '', note.from?.identity ?? '', note.content ?? ''),
        note,
      ]),
    ),
    byIdentity: new Map(
      imported.map(note => [identityKey(note.from?.family ?? '', note.from?.identity ?? ''), note]),
    ),
    byTail,
  };
}

function sameEnd({ byTail }: Index, identity: string): KnownNote | undefined {
  const path = `/${placeKey(identity)}`;
  return byTail.get(tailOf(identity))?.find(({ from }) => {
    const other = `/${placeKey(from?.identity ?? '')}`;
    return path.endsWith(other) || other.endsWith(path);
  });
}

function tailOf(identity: string): string {
  return placeKey(identity.split('/').slice(-2).join('/'));
}

/** Files may be renamed, so their content alone counts; journal entries may repeat the same words. */
function contentKey(family: string, identity: string, content: string): string {
  return family === 'file' ? `${family} ${content}` : `${identityKey(family, identity)} ${content}`;
}

function identityKey(family: string, identity: string): string {
  return `${family} ${placeKey(identity)}`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
