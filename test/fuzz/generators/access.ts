import * as fc from 'fast-check';
import { Access } from 'cdk-serverless-app';
import { Recipe, recipe } from '../support/recipe';
import { mostly, options } from '../support/values';

/** A table of the app, if there is one. */
export const TABLE = fc
  .nat({ max: 3 })
  .map((n) => new Recipe(`table ${n}`, ({ tables }) => tables[n % Math.max(1, tables.length)]));

/** A bucket of the app, if there is one. */
export const BUCKET = fc
  .nat({ max: 3 })
  .map((n) => new Recipe(`bucket ${n}`, ({ buckets }) => buckets[n % Math.max(1, buckets.length)]));

export const RESOURCE = fc.oneof(TABLE, BUCKET);

const OPTIONS = options({
  environmentVariable: fc.constantFrom('NAME', 'OTHER', 'AWS_REGION', '1', 'ORDERS_TABLE_NAME'),
});

/** One of the kinds of access with its arguments. */
export const ACCESS = fc
  .tuple(fc.constantFrom('read', 'write', 'readWrite'), mostly(RESOURCE), mostly(OPTIONS))
  .map(
    ([kind, resource, given]) =>
      new Recipe(`Access.${kind}(${fc.stringify(resource)}, ${fc.stringify(given)})`, (made) =>
        Access[kind as 'read'](
          (resource instanceof Recipe ? resource.make(made) : resource) as never,
          given as never,
        ),
      ),
  );

export const NOTHING = recipe('undefined', () => undefined);
