import { placeKey } from '../file-name.ts';
import type { Head } from '../reflection.ts';
import type { PreparedEntry } from './imported-note.ts';
import { familyOf, importedId } from './identity.ts';

/**
 * A note that is here, and what its import left in it: the fingerprints of the source's content and of the
 * note as it was written.
 */
export interface KnownNote {
  readonly id: string;
  /** Absolute. */
  readonly path: string;
  readonly from?: { readonly family: string; readonly identity: string };
  readonly content?: string;
  readonly written?: string;
}

/** What is here of an entry. */
export type Match =
  /** The source has not changed since. */
  | { readonly is: 'same'; readonly note: KnownNote }
  /** The source says something else now. */
  | { readonly is: 'changed'; readonly note: KnownNote }
  /** The same entry stands in this import twice. */
  | { readonly is: 'twice' }
  | { readonly is: 'new'; readonly id: string; readonly identity: string };

/** Reads what an import left in a note's front matter. */
export function knownNote({ id, keys }: Head, path: string): KnownNote {
  const [, source, identity] = /^([\w.-]+): (.*)$/s.exec(textOf(keys['imported_from'])) ?? [];
  const [content, written] = textOf(keys['imported_as']).split(' ');
  const isImported = source !== undefined && identity !== undefined;
  return {
    id, path,
    ...(isImported ? { from: { family: familyOf(source), identity } } : {}),
    ...(written === undefined ? {} : { content, written }),
  };
}

/**
 * Finds for each entry what is here of it: first by its content, which may have another name by now, then by
 * what the source knows it by. No note stands for two entries.
 */
export function matchEntries(
  entries: readonly PreparedEntry[], notes: readonly KnownNote[],
): readonly Match[] {
  const index = indexOf(notes);
  const taken = new Set<string>();
  const contents = new Set<string>();
  const first = entries.map((entry): Match | undefined => {
    const key = contentKey(familyOf(entry.source), entry.identity, entry.content);
    if (contents.has(key)) return { is: 'twice' };
    contents.add(key);
    const note = index.byContent.get(key) ?? (
      entry.formerId === undefined ? undefined : index.byId.get(entry.formerId)
    );
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
  /** By the last two parts of a path: a folder within one that was imported may be imported, too. */
  readonly byTail: ReadonlyMap<string, readonly KnownNote[]>;
}

interface Progress {
  readonly index: Index;
  /** Ids of notes that stand for an entry. */
  readonly taken: Set<string>;
  /** Identities of entries that are new. */
  readonly given: Set<string>;
}

function matchByIdentity(entry: PreparedEntry, { index, taken, given }: Progress): Match {
  const family = familyOf(entry.source);
  const isFree = (note: KnownNote): boolean => !taken.has(note.id);
  for (let turn = 0; ; turn++) {
    // A source may know two entries by the same: two of one minute.
    const identity = [
      entry.identity, ...(turn > 0 ? [entry.title] : []), ...(turn > 1 ? [`(${turn})`] : []),
    ].join(' ');
    const known = index.byIdentity.get(identityKey(family, identity)) ?? (
      family === 'file' ? sameEnd(index, identity) : undefined
    );
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
 * Gives an id that no note has. One that has it and says nothing of an import is the entry itself, whose keys
 * were removed by hand.
 */
function newMatch(
  { source }: PreparedEntry, identity: string, { index, taken }: Pick<Progress, 'index' | 'taken'>,
): Match {
  for (let turn = 0; ; turn++) {
    const id = importedId(source, identity, turn);
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
    byTail.set(tail, [...byTail.get(tail) ?? [], note]);
  }
  return {
    byId: new Map(notes.map((note) => [note.id, note])),
    byContent: new Map(imported.map(
      (note) => [contentKey(note.from?.family ?? '', note.from?.identity ?? '', note.content ?? ''), note],
    )),
    byIdentity: new Map(
      imported.map((note) => [identityKey(note.from?.family ?? '', note.from?.identity ?? ''), note]),
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

/** A file may move and keep its words; two entries of a journal may have the same words. */
function contentKey(family: string, identity: string, content: string): string {
  return family === 'file' ? `${family} ${content}` : `${identityKey(family, identity)} ${content}`;
}

function identityKey(family: string, identity: string): string {
  return `${family} ${placeKey(identity)}`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
