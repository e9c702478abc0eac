// The client that docs/triggers/rest.md shows, with types of the document of examples/partner-api. test/deploy/partner-api.test.ts runs it.
import * as path from 'node:path';
import { typeErrors } from '../support/type-errors';
import { documentedClient, partnerApiTypes } from '../support/typed-client';

const ROOT = path.join(__dirname, '..', '..');
const CLIENT = documentedClient();

/** What is wrong, the text of the client that it changes, and what the compiler names. */
const WRONG: ReadonlyArray<readonly [string, string, string, string]> = [
  ['another path', "'/shipments/{id}'", "'/shipment/{id}'", '/shipment/{id}'],
  ['a method that the path does not have', 'client.POST', 'client.DELETE', "'never'"],
  ['a body without a required field', ', parcels: 3', '', 'parcels'],
  ['a body with a value of another type', 'parcels: 3', "parcels: '3'", 'number'],
  ['a body with a value that the schema forbids', "'rail'", "'ship'", '"ship"'],
  ['a body with a further field', 'parcels: 3', 'parcels: 3, colour: 1', 'colour'],
  ['no parameter of the path', '{ path: { id } }', '{}', 'path'],
  ['another part of an accepted request’s answer', 'data.id', 'data.name', 'name'],
  ['an answer that was not checked', 'shipment: data }', 'shipment: data.parcels }', 'unknown'],
];

// One program for all: the compiler reads the types of Node.js and of the client once.
const errors = typeErrors(
  new Map([
    [path.join(ROOT, 'api.d.ts'), partnerApiTypes()],
    [path.join(ROOT, 'client.ts'), CLIENT],
    ...WRONG.map(
      ([, is, wrong], i) => [path.join(ROOT, `wrong-${i}.ts`), CLIENT.replace(is, wrong)] as const,
    ),
  ]),
);

test('a client of the API compiles', () => {
  expect(CLIENT).not.toBe('');
  expect(errors.filter((error) => !error.startsWith('wrong-'))).toEqual([]);
});

test.each(WRONG.map((wrong, i) => [...wrong, i] as const))(
  'a client with %s does not compile',
  (_what, is, _wrong, message, i) => {
    expect(CLIENT).toContain(is);
    expect(errors.filter((error) => error.startsWith(`wrong-${i}.ts`)).join('\n')).toContain(
      message,
    );
  },
);
