import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { accountReader } from '../../../bin/aws/account-reader';
import { couldNot } from '../../../bin/doctor/account-checks';
import { restoreVariables } from '../../support/variables';

let body = '';
const server = http.createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'text/xml' });
  response.end(body);
});
const before = { ...process.env };

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.AWS_ACCESS_KEY_ID = 'a';
  process.env.AWS_SECRET_ACCESS_KEY = 'b';
});

afterAll(() => {
  restoreVariables(before);
  server.close();
});

test.each(['<html>nope', 'garbage', '{"a":1}', '', '<GetCallerIdentityResponse/>'])(
  'the answer %j of STS is one line that says what to check',
  async (answer) => {
    body = answer;

    const finding = await accountReader({ region: 'eu-west-1' })
      .identity()
      .catch((error: unknown) => couldNot('credentials', error));

    expect(finding).toEqual({
      id: 'credentials',
      status: 'failed',
      text: expect.stringMatching(
        /^the response to sts:GetCallerIdentity is not from AWS \([^\n]+\)$/,
      ) as string,
      fix: 'check HTTPS_PROXY and AWS_ENDPOINT_URL: something other than AWS answers',
    });
  },
);
