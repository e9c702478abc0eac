import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describeDeployed, IAM_MODES, TEST_TIMEOUT_MS } from './support/deployed-app';
import { HttpAnswer, request, upload } from './support/drive';
import { eventually } from './support/eventually';
import { leftovers } from './support/leftovers';

jest.setTimeout(TEST_TIMEOUT_MS);

const USER = { Username: 'ada', Password: 'Difference-Engine-1' };
/** The smallest GIF, PNG and JPEG that say how large they are, up to their size. */
const IMAGES = {
  'dot.gif': Buffer.concat([Buffer.from('GIF89a'), Buffer.from([3, 0, 2, 0, 0, 0, 0, 0x3b])]),
  'wide.png': Buffer.concat([
    Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
    Buffer.from('0000028000000168', 'hex'),
    Buffer.from('0802000000', 'hex'),
  ]),
  'tall.jpg': Buffer.concat([
    Buffer.from('ffd8ffe0000a4a46494600010100', 'hex'),
    Buffer.from('ffc2001108', 'hex'),
    Buffer.from('0320', 'hex'),
    Buffer.from('0258', 'hex'),
    Buffer.from('03011100021101031101', 'hex'),
  ]),
};

interface Listed {
  readonly id: string;
  readonly key: string;
  readonly width?: number;
}

describeDeployed(
  'examples/image-intake',
  {
    folder: 'examples/image-intake',
    stackName: 'ImageIntake',
    context: { stage: 'development' },
  },
  (app) => {
    let token = '';

    const get = (path: string, authorization = `Bearer ${token}`): Promise<HttpAnswer> => {
      const { target, stack } = app();
      return request(target, stack.output('Url') + path, { headers: { authorization } });
    };
    const imageOf = (key: string): Promise<Listed> =>
      eventually(`a row of ${key}`, async () => {
        const { body } = await get('images');
        return (JSON.parse(body) as { images: Listed[] }).images.find((image) => image.key === key);
      });

    beforeAll(async () => {
      const { target, stack } = app();
      const cognito = new CognitoIdentityProviderClient(target.clientOptions);
      const UserPoolId = stack.output('UserPool');
      await cognito.send(
        new AdminCreateUserCommand({
          UserPoolId,
          Username: USER.Username,
          MessageAction: 'SUPPRESS',
        }),
      );
      await cognito.send(new AdminSetUserPasswordCommand({ UserPoolId, ...USER, Permanent: true }));
      const { AuthenticationResult } = await cognito.send(
        new InitiateAuthCommand({
          ClientId: stack.output('UserPoolClient'),
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: USER.Username, PASSWORD: USER.Password },
        }),
      );
      token = AuthenticationResult?.IdToken ?? '';
    }, TEST_TIMEOUT_MS);

    describe.each(IAM_MODES)('%s', (mode) => {
      const folder = `intake/${mode.replaceAll(' ', '-')}`;

      beforeAll(() => app().iam(mode), TEST_TIMEOUT_MS);

      test.each([
        ['dot.gif', { format: 'gif', width: 3, height: 2, shape: 'landscape' }],
        ['wide.png', { format: 'png', width: 640, height: 360, shape: 'landscape' }],
        ['tall.jpg', { format: 'jpeg', width: 600, height: 800, shape: 'portrait' }],
      ] as const)('the image %s becomes a row, and the row a card', async (name, expected) => {
        const { target, stack } = app();

        await upload(target, stack.output('ImagesBucket'), `${folder}/${name}`, IMAGES[name]);

        const { id } = await imageOf(`${folder}/${name}`);
        const card = await eventually('the card', async () => {
          const answer = await get(`images/${id}/card`);
          return answer.status === 200 && (JSON.parse(answer.body) as unknown);
        });
        expect(card).toEqual({ id, title: name, ...expected });
      });

      test('a file that is no image becomes a row, and no card', async () => {
        const { target, stack } = app();

        await upload(target, stack.output('ImagesBucket'), `${folder}/notes.txt`, 'no image');

        const { id, width } = await imageOf(`${folder}/notes.txt`);
        expect(width).toBeUndefined();
        expect((await get(`images/${id}/card`)).status).toBe(404);
      });

      test.each([
        ['without a token', ''],
        ['with a forged token', 'forged'],
      ])('a request %s is refused', async (_, forged) => {
        const parts = token.split('.');
        const authorization = forged === '' ? '' : `Bearer ${parts[0]}.${parts[1]}.${forged}`;

        expect((await get('images', authorization)).status).toBe(401);
      });
    });

    test('a second deployment changes nothing', async () => {
      expect(await app().deployAgain()).toMatch('ImageIntake (no changes)');
    });

    test('in development, destroy leaves nothing behind', async () => {
      const { target, stack } = app();

      await app().destroy();

      expect(await leftovers(target, stack.resources)).toEqual([]);
    });
  },
);
