import { describe, expect, it } from 'vitest';
import { type SecretKind, secretsIn } from '../../lib/core/secret-scan.ts';

describe('secretsIn', () => {
  it.each<[string, SecretKind[]]>([
    ['Password: hunter22', ['password']],
    ['the pw is Winter2026', ['password']],
    ['Kennwort = geheim!', ['password']],
    ['mot de passe : azerty', ['password']],
    ['пароль qwerty123', ['password']],
    ['-----BEGIN RSA PRIVATE KEY-----', ['key']],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc', ['key']],
    ['AKIAIOSFODNN7EXAMPLE', ['key']],
    ['api key: 9f8e7d6c5b4a3210', ['key']],
    ['client_secret=9f8e7d6c5b4a3210', ['key']],
    ['Authorization: Bearer abcdefghijklmnopqrstuvwxyz', ['key']],
    ['card 4242 4242 4242 4242 exp 12/28', ['card']],
    ['5555-5555-5555-4444', ['card']],
    ['password: hunter22, card 4242424242424242', ['password', 'card']],
    // Cards have 13 to 19 digits. All of these pass the check.
    ['492987340568', []],
    ['4929873405613', ['card']],
    ['4929 8734 0561 3', ['card']],
    ['4929873405618273644', ['card']],
    ['4929-8734-0561-8273-644', ['card']],
    ['49298734056182736403', []],
    ['4929873405614', []],
    ['Called back, printer works again.', []],
    ['Phone +1 415 555 0137', []],
    ['Order 1234567890123456', []],
    ['0000 0000 0000 0000', []],
    ['Ticket 4821, invoice 2026-11-24', []],
    ['She forgot her password.', []],
    ['Password reset needed', []],
    ['Spinning noise: the fan', []],
    ['', []],
  ])('%j: %j', (text, kinds) => {
    expect(secretsIn(text)).toEqual(kinds);
  });

  it('takes no longer for a hostile text', () => {
    const started = performance.now();
    secretsIn(`${'1 '.repeat(20_000)}${'password'.repeat(5_000)}${'a'.repeat(50_000)}`);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
