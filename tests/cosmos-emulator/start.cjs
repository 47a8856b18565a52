// Listens on a free port of this machine, prints it, and ends when standard input does: it never outlives the tests that started it.
const { createHttpServer } = require("@vercel/cosmosdb-server");

const server = createHttpServer({ keepAlive: true }).listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.on("end", () => process.exit()).resume();
