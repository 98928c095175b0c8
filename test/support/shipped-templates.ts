import { indexWithParts, shippedIndex, shippedParts } from '../../src/build/shipped-modules.ts';

/** Lets tests import the shipped templates as the built program does. */
export function shippedTemplates(templates: string): {
  readonly name: string;
  readonly resolveId: (id: string) => string | undefined;
  readonly load: (id: string) => string | undefined;
} {
  const index = indexWithParts(shippedParts(templates));
  return {
    name: 'shipped-templates',
    resolveId: id => (id === shippedIndex ? `\0${id}` : undefined),
    load: id => (id === `\0${shippedIndex}` ? index : undefined),
  };
}
