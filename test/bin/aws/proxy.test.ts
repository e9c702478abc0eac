import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { clientSettings } from '../../../bin/aws/clients';
import { proxyAgents } from '../../../bin/aws/proxy';
import { restoreVariables } from '../../support/variables';

/** A proxy that refuses each connection, and records its destination. */
async function refusingProxy(): Promise<{ readonly url: string; asked: string[]; stop(): void }> {
  const asked: string[] = [];
  const server = http.createServer().on('connect', ({ url = '' }: http.IncomingMessage, socket) => {
    asked.push(url);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, stop: () => server.close() };
}

const before = { ...process.env };
afterEach(() => {
  restoreVariables(before);
});

async function callSts(): Promise<void> {
  const client = new STSClient({
    ...clientSettings({ region: 'eu-central-1' }),
    maxAttempts: 1,
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
  });
  await client.send(new GetCallerIdentityCommand({}));
}

test.each(['HTTPS_PROXY', 'https_proxy'])('AWS is reached through %s', async (name) => {
  const proxy = await refusingProxy();
  process.env[name] = proxy.url;

  await expect(callSts()).rejects.toThrow();
  proxy.stop();

  expect(proxy.asked).toEqual(['sts.eu-central-1.amazonaws.com:443']);
});

test('a host in NO_PROXY is reached without the proxy', async () => {
  const proxy = await refusingProxy();
  const direct = await refusingProxy();
  process.env.HTTP_PROXY = proxy.url;
  process.env.NO_PROXY = '127.0.0.1';
  process.env.AWS_ENDPOINT_URL = direct.url; // answers requests with nothing, and is closed
  direct.stop();

  await expect(callSts()).rejects.toThrow('ECONNREFUSED');
  proxy.stop();

  expect(proxy.asked).toEqual([]);
});

test('without a proxy in the environment the SDK keeps its own agents', () => {
  expect(proxyAgents({ NO_PROXY: '*' })).toEqual({});
});
