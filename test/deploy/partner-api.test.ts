import { APIGatewayClient, GetApiKeysCommand } from '@aws-sdk/client-api-gateway';
import { build } from 'esbuild';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ClientOptions } from 'openapi-fetch';
import { clientTypes, documentedClient } from '../support/typed-client';
import { describeDeployed, IAM_MODES, TEST_TIMEOUT_MS } from './support/deployed-app';
import { HttpAnswer, request } from './support/drive';
import { eventually } from './support/eventually';
import { workFolder } from './support/folders';
import { leftovers } from './support/leftovers';
import { Row } from './support/table-rows';
import { Target } from './support/target';

jest.setTimeout(TEST_TIMEOUT_MS);

interface Announced {
  readonly request: string;
  readonly shipment?: Row;
}

/** The client in docs/triggers/rest.md, bundled with types of the document. test/openapi/typed-client.test.ts says what does not compile. */
async function compiled(
  document: string,
): Promise<(id: string, options: ClientOptions) => Promise<Announced>> {
  const folder = workFolder('typed-client');
  fs.writeFileSync(path.join(folder, 'api.d.ts'), clientTypes(document));
  const client = path.join(folder, 'client.ts');
  fs.writeFileSync(client, documentedClient());
  const outfile = path.join(folder, 'client.cjs');
  await build({ entryPoints: [client], outfile, bundle: true, platform: 'node', format: 'cjs' });
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- jest cannot import what a test wrote
  const { announce } = require(outfile) as {
    announce: (id: string, options: ClientOptions) => Promise<Announced>;
  };
  fs.rmSync(folder, { recursive: true });
  return announce;
}

/** An emulator knows an API by the host of a request, which is no name in the DNS. */
function throughEmulator(target: Target): (sent: Request) => Promise<Response> {
  return async (sent) => {
    const { status, body } = await request(target, sent.url, {
      method: sent.method,
      headers: Object.fromEntries(sent.headers),
      body: sent.method === 'GET' ? undefined : await sent.text(),
    });
    return new Response(body, { status, headers: { 'content-type': 'application/json' } });
  };
}

describeDeployed(
  'examples/partner-api',
  { folder: 'examples/partner-api', stackName: 'PartnerApi', context: { stage: 'development' } },
  (app) => {
    let key = '';
    const call = (
      method: string,
      path: string,
      { body, apiKey = key }: { body?: object; apiKey?: string } = {},
    ): Promise<HttpAnswer> => {
      const { target, stack } = app();
      return request(target, stack.output('Url') + path, {
        method,
        headers: {
          'content-type': 'application/json',
          ...(apiKey === '' ? {} : { 'x-api-key': apiKey }),
        },
        body: body && JSON.stringify(body),
      });
    };

    beforeAll(async () => {
      const { target, stack } = app();
      const ids = stack.resources
        .filter(({ type }) => type === 'AWS::ApiGateway::ApiKey')
        .map(({ physicalId }) => physicalId);
      const { items = [] } = await new APIGatewayClient(target.clientOptions).send(
        new GetApiKeysCommand({ includeValues: true }),
      );
      key = items.find(({ id = '' }) => ids.includes(id))?.value ?? '';
      expect(ids).toHaveLength(2);
      expect(key).not.toBe('');
    });

    describe.each(IAM_MODES)('%s', (mode) => {
      const id = `shipment-${mode.replaceAll(' ', '-')}`;
      const shipment = { id, carrier: 'rail', parcels: 3 };

      beforeAll(() => app().iam(mode), TEST_TIMEOUT_MS);

      test('an announcement goes through the queue into the table, and can be read', async () => {
        const announced = await call('POST', 'shipments', { body: shipment });
        expect(announced.status).toBe(202);
        expect(JSON.parse(announced.body)).toEqual({ id: expect.any(String) as string });

        const read = await eventually('the shipment is saved', async () => {
          const answer = await call('GET', `shipments/${id}`);
          return answer.status === 200 && (JSON.parse(answer.body) as Row);
        });
        expect(read).toMatchObject(shipment);
        const listed = await call('GET', 'shipments?carrier=rail');
        expect((JSON.parse(listed.body) as { shipments: Row[] }).shipments).toContainEqual(
          expect.objectContaining(shipment),
        );
      });

      test('a request without a key, or with another one, is refused', async () => {
        expect((await call('GET', `shipments/${id}`, { apiKey: '' })).status).toBe(403);
        expect(
          (await call('GET', `shipments/${id}`, { apiKey: 'not-a-key-of-the-plan' })).status,
        ).toBe(403);
        expect((await call('POST', 'shipments', { body: shipment, apiKey: '' })).status).toBe(403);
      });

      test.each<[string, object]>([
        ['a field missing', { id, carrier: 'rail' }],
        ['another carrier', { ...shipment, carrier: 'ship' }],
        ['no parcels', { ...shipment, parcels: 0 }],
        ['a further field', { ...shipment, extra: true }],
      ])('a body with %s is refused before anything runs', async (_, body) => {
        const { status } = await call('POST', 'shipments', { body });
        expect(status).toBe(400);
      });

      test('a request without a required parameter is refused', async () => {
        expect((await call('GET', 'shipments')).status).toBe(400);
      });
    });

    test('a client that is generated from the API’s document calls it', async () => {
      const { target, stack, assembly } = app();
      const announce = await compiled(path.join(assembly, 'PartnerApi.Partners.openapi.json'));
      const id = 'shipment-of-the-client';

      const answer = await eventually('the client reads the shipment', async () => {
        const its = await announce(id, {
          baseUrl: stack.output('Url').replace(/\/$/, ''),
          headers: { 'x-api-key': key },
          fetch: throughEmulator(target),
        });
        return its.shipment !== undefined && its;
      });

      expect(answer.request).toEqual(expect.any(String));
      expect(answer.shipment).toMatchObject({ id, carrier: 'rail', parcels: 3 });
    });

    test('a second deployment changes nothing', async () => {
      expect(await app().deployAgain()).toMatch('PartnerApi (no changes)');
    });

    test('in development, destroy leaves nothing', async () => {
      const { target, stack } = app();
      await app().destroy();
      expect(await leftovers(target, stack.resources)).toEqual([]);
    });
  },
);
