namespace Escalation.Standalone.Commands;

/// <summary>What a command takes, and what its help says. Empty name: running the host.</summary>
/// <param name="Operands">How many words it needs, no more and no fewer.</param>
/// <param name="Options">Options followed by a value.</param>
/// <param name="Flags">Options without one.</param>
internal sealed record CommandShape(
    string Name,
    string Usage,
    string Summary,
    string Details,
    int Operands,
    IReadOnlyList<string> Options,
    IReadOnlyList<string> Flags
)
{
    private const string Data = "--data";

    public static CommandShape Run { get; } =
        new(
            "",
            "[--urls URLS] [--data DIR] [--demo] [--clock INSTANT]",
            "run the host",
            """
              --urls URLS      where to listen, separated by semicolons (http://127.0.0.1:5080)
              --data DIR       the folder of everything that must survive (./data)
              --demo           load sample agencies, contacts and cases into an empty folder; emails go to an outbox
              --clock INSTANT  start a clock that stands still, as 2026-12-23T10:00:00Z; moved with POST /api/clock; only with --demo
            """,
            0,
            ["--urls", Data, "--clock"],
            ["--demo"]
        );

    public static CommandShape Backup { get; } =
        new(
            "backup",
            "FILE [--data DIR]",
            "copy the database to a new file; the host may be running",
            """
              The file must not exist. To restore: put it into an empty data folder as escalation.db, on a machine that has the secrets key
              (ESCALATION_SECRETS_KEY or its file), which no backup holds.
            """,
            1,
            [Data],
            []
        );

    public static CommandShape Salvage { get; } =
        new(
            "salvage",
            "FILE [--from BACKUP] [--data DIR]",
            "make a new database of what can be read of a damaged one, and of a backup what cannot",
            """
              --from BACKUP  a file that 'backup' made: escalations that cannot be read are taken from it, as they were then
              Neither the damaged database nor the backup is changed; FILE must not exist. Says what was taken from where. Ends with 1 when
              something could be read nowhere: FILE is made without it. Afterwards move escalation.db and what begins with its name out of
              the data folder, put FILE in its place, and start the host. The host must not be running.
            """,
            1,
            ["--from", Data],
            []
        );

    public static CommandShape KeysAdd { get; } =
        new(
            "keys add",
            "--role ROLE --name NAME [--partnership ID] [--agency ID] [--data DIR]",
            "make an access key and print it, this once",
            """
              --role ROLE         Administrator, BusinessManager, Practitioner or Intake
              --name NAME         whose it is, in words
              --partnership ID    needed for a BusinessManager and a Practitioner
              --agency ID         needed for a Practitioner
              The host must not be running: it holds the data folder.
            """,
            0,
            ["--role", "--name", "--partnership", "--agency", Data],
            []
        );

    public static CommandShape KeysList { get; } =
        new(
            "keys list",
            "[--data DIR]",
            "list the access keys, without the keys themselves",
            "  The host must not be running.",
            0,
            [Data],
            []
        );

    public static CommandShape KeysRevoke { get; } =
        new(
            "keys revoke",
            "ID [--data DIR]",
            "make an access key useless",
            "  The ID is in the list. The host must not be running.",
            1,
            [Data],
            []
        );

    public static CommandShape KeysRotate { get; } =
        new(
            "keys rotate",
            "KIND [--data DIR]",
            "renew one of the host's own secrets: links, cookies, intake or secrets",
            """
              links    sign emailed links with a new key; the present one is accepted until the next rotation. Refused while an open
                       stage may have links under the key that would be retired
              cookies  a new key for sign-in cookies: everybody signs in anew
              intake   a new intake secret: which openings are repeats of earlier ones is forgotten
              secrets  a new secrets key, which the others are sealed with. The one before is kept beside it, for backups
              The host must not be running.
            """,
            1,
            [Data],
            []
        );

    public static CommandShape KeysReplaceLost { get; } =
        new(
            "keys replace-lost",
            "[--data DIR]",
            "make the host's secrets anew when the secrets key is lost",
            """
              Refused while every secret can be opened. Cases, people and access keys stay as they are. Links in emails sent so far stop
              working: send the emails of open escalations again. Everybody signs in anew. The host must not be running.
            """,
            0,
            [Data],
            []
        );

    public static CommandShape PoliciesCheck { get; } =
        new(
            "policies check",
            "FILE",
            "read a policy document and say what is wrong with it",
            "  Ends with 0 when it could be used, with 1 when not. What a data folder holds is not looked at.",
            1,
            [],
            []
        );

    public static CommandShape PoliciesAdd { get; } =
        new(
            "policies add",
            "FILE [--data DIR]",
            "store a partnership's own policy document, which new cases are opened under",
            """
              The checks are those of 'policies check', and that it clashes with nothing in the data folder. Its version is 1000 or more,
              and more than the one in force; a stored version is never changed. The same document again changes nothing. Open cases
              keep the version they were opened under. The host must not be running: it holds the data folder. While it is running: PUT the
              document to its /api/policies/ID, or open its page /policies/add, as administrator.
            """,
            1,
            [Data],
            []
        );

    public static CommandShape CalendarRefresh { get; } =
        new(
            "calendar refresh",
            "FILE|URL [--data DIR]",
            "merge a bank holiday feed in the shape of gov.uk's bank-holidays.json",
            """
              Prints what was added, removed and kept, and warnings; a shrinking feed is refused and ends with 1. Open cases are looked at
              again when the host next starts. While a host is running: POST the feed to its /api/calendar/refresh as administrator.
            """,
            1,
            [Data],
            []
        );

    public static CommandShape MailTest { get; } =
        new(
            "mail test",
            "ADDRESS",
            "send a test email, and a test message to the second channel, with the settings of this machine",
            "  Ends with 0 when both were taken; else with 1, and says why not. A host may be running.",
            1,
            [],
            []
        );

    /// <summary>In the order of the help.</summary>
    public static IReadOnlyList<CommandShape> All { get; } =
    [
        Run,
        Backup,
        Salvage,
        KeysAdd,
        KeysList,
        KeysRevoke,
        KeysRotate,
        KeysReplaceLost,
        PoliciesCheck,
        PoliciesAdd,
        CalendarRefresh,
        MailTest,
    ];
}
