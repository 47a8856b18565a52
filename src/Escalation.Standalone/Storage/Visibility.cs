using System.Runtime.CompilerServices;

// The tests ask SQLite how it would carry out the store's own queries.
[assembly: InternalsVisibleTo("Escalation.Standalone.Tests")]
