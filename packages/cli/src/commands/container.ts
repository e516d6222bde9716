import { Command } from 'commander';
import { say } from '../words.ts';
import { bagCommand, checkBagCommand } from './container/bag.ts';
import { certificateCommand } from './container/certificate.ts';
import { extractCommand } from './container/extract.ts';
import { itemCommand } from './container/item.ts';
import { makeCommand } from './container/make.ts';
import { showCommand } from './container/show.ts';
import { signCommand } from './container/sign.ts';
import { stampCommand } from './container/stamp.ts';
import { verifyContainerCommand } from './container/verify.ts';

/** `comity container`: makes, checks, signs and unpacks evidence containers (ASiC-E with CAdES). */
export function containerCommand(): Command {
  const container = new Command('container').description(say('container'));
  const making = [makeCommand, signCommand, stampCommand, certificateCommand];
  const reading = [verifyContainerCommand, showCommand, itemCommand, extractCommand, bagCommand, checkBagCommand];
  for (const command of [...making, ...reading]) container.addCommand(command());
  return container;
}
