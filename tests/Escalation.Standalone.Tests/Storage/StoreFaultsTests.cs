using Escalation.Standalone.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Escalation.Standalone.Tests.Storage;

public sealed class StoreFaultsTests
{
    [Theory]
    [InlineData(raw.SQLITE_FULL, "the disk is full", true)]
    [InlineData(raw.SQLITE_IOERR, "the disk is full or does not work", true)]
    [InlineData(raw.SQLITE_READONLY, "the database or its disk is read-only", true)]
    [InlineData(raw.SQLITE_CANTOPEN, "the database’s files cannot be opened", true)]
    [InlineData(raw.SQLITE_BUSY, "another program holds the database", true)]
    [InlineData(raw.SQLITE_LOCKED, "another program holds the database", true)]
    [InlineData(raw.SQLITE_NOTADB, "the database is damaged", true)]
    [InlineData(raw.SQLITE_CORRUPT, "the database is damaged", false)]
    [InlineData(raw.SQLITE_NOMEM, "of SQLite’s fault 7", true)]
    public void A_fault_of_the_database_has_its_words_and_may_pass_unless_part_of_it_is_damaged(
        int code,
        string because,
        bool mayPass
    )
    {
        var fault = new SqliteException("", code);
        Assert.Equal((because, mayPass), (StoreFaults.Because(fault), StoreFaults.MayPass(fault)));
    }

    [Fact]
    public void A_fault_of_the_disk_or_of_time_may_pass_and_a_bug_does_not()
    {
        Assert.True(StoreFaults.MayPass(new IOException()));
        Assert.True(StoreFaults.MayPass(new TimeoutException()));
        Assert.False(StoreFaults.MayPass(new InvalidOperationException()));
    }
}
