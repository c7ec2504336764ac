/** The only file that knows Inquirer; it is bundled apart, so that commands which ask nothing don't load it. */
import { createPromptModule } from 'inquirer';

// Answers go to stdout, so questions don't.
const prompt = createPromptModule({ output: process.stderr });

export async function askToConfirm(message: string): Promise<boolean> {
  const { answer } = await prompt<{ answer: boolean }>([{ type: 'confirm', name: 'answer', message, default: false }]);
  return answer;
}

export async function askForText(message: string, secret: boolean): Promise<string> {
  const { answer } = await prompt<{ answer: string }>([
    secret
      ? { type: 'password', name: 'answer', message, mask: '*' }
      : { type: 'input', name: 'answer', message, validate: (text: string) => text.trim() !== '' },
  ]);
  return answer;
}
