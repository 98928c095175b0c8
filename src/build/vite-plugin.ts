import { shippedModules } from './shipped-modules.ts';

/** Lets tests import the shipped templates as the built program does. */
export function shippedTemplates(templates: string): {
  readonly name: string;
  readonly resolveId: (id: string) => string | undefined;
  readonly load: (id: string) => string | undefined;
} {
  const modules = shippedModules(templates);
  return {
    name: 'shipped-templates',
    resolveId: (id) => (id.startsWith('shipped:') ? `\0${id}` : undefined),
    load: (id) => (id.startsWith('\0shipped:') ? modules.get(id.slice(1)) : undefined),
  };
}
