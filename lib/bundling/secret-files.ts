/** Files and folders that hold passwords and tokens by convention. */
const SECRET =
  /^(\.env(\..+)?|\.envrc|\.npmrc|\.yarnrc(\.yml)?|\.netrc|\.pypirc|\.git-credentials|\.git|\.aws|\.ssh|\.htpasswd|\.dockerconfigjson|\.vault-token|id_(rsa|dsa|ecdsa|ed25519)|.+\.tfvars)$/;

/** These files list variables without their values. */
const EXAMPLE = /^\.env\.(example|sample|template)$/;

/** Whether a file or folder with this path usually holds secrets. */
export function isSecretFile(file: string): boolean {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return SECRET.test(name) && !EXAMPLE.test(name);
}
