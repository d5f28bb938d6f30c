import type { Message, Order } from './protocol';
import { readAtOnce } from './reading';

const send = (message: Message) => {
	postMessage(message);
};

addEventListener('message', ({ data }: MessageEvent<Order>) => {
	const { number, question } = data;
	void readAtOnce(question, (answer) => {
		send({ number, answer });
	});
});

send(null);
