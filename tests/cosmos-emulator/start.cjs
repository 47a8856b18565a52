// Listens on the port given, or a free one, of this machine, and prints it. Ends when standard input does, so that it never outlives
// the tests that started it.
const { createHttpServer } = require("@vercel/cosmosdb-server");

const port = Number(process.argv[2] ?? 0);
const server = createHttpServer({ keepAlive: true }).listen(port, "127.0.0.1", () => console.log(server.address().port));
process.stdin.on("end", () => process.exit()).resume();
