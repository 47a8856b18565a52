using Escalation.Core.Directory;
using Escalation.Web.Api;
using Escalation.Web.Wording;

namespace Escalation.Web.Partnerships.Transfer;

/// <summary>
/// Makes one agency's entry of its lines. What a file has no column for stays as it was, and so does the order of what is there: a file
/// that was only sorted changes nothing. Twice the lines take twice the time.
/// </summary>
internal sealed class EntryReader
{
    /// <summary>Faults of one agency's lines that are shown; of more it is said how many.</summary>
    private const int MostErrors = 100;

    private readonly string _id;
    private readonly Agency? _before;
    private readonly IReadOnlyList<ImportRow> _rows;
    private readonly IReadOnlySet<string> _columns;
    private readonly IReadOnlySet<string> _tiers;
    private readonly Func<string> _newId;
    private readonly CancellationToken _cancel;
    private readonly List<LineError> _errors = [];

    /// <summary>The contacts there are, by id; the first with each address; addresses of several.</summary>
    private readonly Dictionary<string, Contact> _there = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _idThere = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _shared = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The first id that stands beside an address in the file.</summary>
    private readonly Dictionary<string, string> _idInFile = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The people of the file, by id and by the address of their first line.</summary>
    private readonly Dictionary<string, PersonLines> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PersonLines> _byEmail = new(StringComparer.OrdinalIgnoreCase);

    public EntryReader(
        string id,
        Agency? before,
        IReadOnlyList<ImportRow> rows,
        IReadOnlySet<string> columns,
        IReadOnlySet<string> tiers,
        Func<string> newId,
        CancellationToken cancel
    )
    {
        _id = id;
        _before = before;
        _rows = rows;
        _columns = columns;
        _tiers = tiers;
        _newId = newId;
        _cancel = cancel;
        foreach (var contact in before?.Contacts ?? [])
        {
            _there.TryAdd(contact.Id, contact);
            if (!_idThere.TryAdd(contact.Email, contact.Id))
                _shared.Add(contact.Email);
        }
        foreach (var row in rows.Where(r => r[DirectoryCsv.Contact].Length > 0))
            _idInFile.TryAdd(row[DirectoryCsv.Email], row[DirectoryCsv.Contact]);
    }

    /// <summary>The entry, or null with the faults of its lines.</summary>
    /// <exception cref="OperationCanceledException">Whoever asked has left.</exception>
    public (Agency? Agency, IReadOnlyList<LineError> Errors) Read()
    {
        var contacts = People().ConvertAll(ContactOf);
        var name = One(_rows, DirectoryCsv.AgencyName, _before?.Name) is { Length: > 0 } said ? said : _before?.Name;
        var domains = Kept(
            AgencyForms.DomainsOf(One(_rows, DirectoryCsv.Domains, null) ?? ""),
            DirectoryCsv.Domains,
            _before?.Domains
        );
        var body = new AgencyBody(_id, name, domains, InOrder(contacts));
        if (_errors.Count > 0)
            return (null, Shown(_errors));
        var (agency, refusal) = new AgencyChecks(_tiers).Read(_id, body);
        if (agency is not null)
            return (agency, []);
        if (_before is not null && IsAsBefore(body))
            return (_before, []);
        var lines = body.Contacts!.Select(c => _byId[c!.Id!].Rows[0].Line).ToList();
        var faults = refusal!.Errors!.Select(e => new LineError(
            LineOf(e.Key, lines),
            $"{What(e.Key)}: {string.Join(' ', e.Value.Select(f => f.Text))}"
        ));
        return (null, Shown([.. faults]));
    }

    private static IReadOnlyList<LineError> Shown(List<LineError> errors)
    {
        if (errors.Count <= MostErrors)
            return errors;
        var rest = new LineError(
            errors[MostErrors].Line,
            $"There are {errors.Count - MostErrors} more faults in the lines of this agency"
        );
        return [.. errors[..MostErrors], rest];
    }

    /// <summary>
    /// Lines of the same person: by the contact's id, else by an address that is in the directory or stands beside an
    /// id in the file.
    /// </summary>
    private List<PersonLines> People()
    {
        var people = new List<PersonLines>();
        foreach (var row in _rows.Where(SaysSomething))
        {
            _cancel.ThrowIfCancellationRequested();
            var (contact, email) = (row[DirectoryCsv.Contact], row[DirectoryCsv.Email]);
            if (contact.Length == 0 && email.Length == 0)
            {
                _errors.Add(new(row.Line, "email: Enter the email address"));
                continue;
            }
            if (contact.Length == 0 && _shared.Contains(email))
            {
                _errors.Add(
                    new(row.Line, "contact: More than one contact has this email address: enter the contact's own id")
                );
                continue;
            }
            var id =
                contact.Length > 0 ? contact : _idThere.GetValueOrDefault(email) ?? _idInFile.GetValueOrDefault(email);
            if (Known(id, contact, email) is { } known)
                known.Rows.Add(row);
            else
                people.Add(Met(new PersonLines(id ?? _newId(), [row]), email));
        }
        return people;
    }

    private static bool SaysSomething(ImportRow row) =>
        row[DirectoryCsv.Contact].Length
            + row[DirectoryCsv.Name].Length
            + row[DirectoryCsv.Email].Length
            + row[DirectoryCsv.Tier].Length
        > 0;

    private PersonLines? Known(string? id, string contact, string email)
    {
        if (id is not null && _byId.TryGetValue(id, out var known))
            return known;
        return contact.Length == 0 ? _byEmail.GetValueOrDefault(email) : null;
    }

    private PersonLines Met(PersonLines person, string email)
    {
        _byId.TryAdd(person.Id, person);
        if (email.Length > 0)
            _byEmail.TryAdd(email, person);
        return person;
    }

    private ContactBody ContactOf(PersonLines person)
    {
        var there = _there.GetValueOrDefault(person.Id);
        var role = One(person.Rows, DirectoryCsv.Role, there?.Role);
        return new ContactBody(
            person.Id,
            One(person.Rows, DirectoryCsv.Name, there?.Name),
            string.IsNullOrEmpty(role) && string.IsNullOrEmpty(there?.Role) ? there?.Role
                : role is "" ? null
                : role,
            One(person.Rows, DirectoryCsv.Email, there?.Email),
            Kept(TiersOf(person.Rows), DirectoryCsv.Tier, there?.Tiers),
            DeputyOf(person, there),
            Kept(AbsencesOf(person.Rows), DirectoryCsv.Absences, there?.Absences).Select(a => (Absence?)a).ToList()
        );
    }

    private List<string> TiersOf(List<ImportRow> lines)
    {
        var found = new List<string>();
        foreach (var row in lines.Where(r => r[DirectoryCsv.Tier].Length > 0))
            if (
                _tiers.FirstOrDefault(t =>
                    t == row[DirectoryCsv.Tier] || IsSame(StageWords.Tier(t), row[DirectoryCsv.Tier])
                ) is
                { } tier
            )
                found.Add(tier);
            else
                _errors.Add(
                    new(
                        row.Line,
                        $"tier: '{row[DirectoryCsv.Tier]}' is no tier; use one of {string.Join(", ", _tiers.Order(StringComparer.Ordinal))}"
                    )
                );
        return [.. found.Distinct()];
    }

    private string? DeputyOf(PersonLines person, Contact? there)
    {
        var cell = One(person.Rows, DirectoryCsv.Deputy, there?.Deputy);
        if (string.IsNullOrEmpty(cell))
            return null;
        var deputy = _byId.GetValueOrDefault(cell) ?? _byEmail.GetValueOrDefault(cell);
        if (deputy is not null && deputy.Id != person.Id)
            return deputy.Id;
        _errors.Add(
            new(
                person.Rows[0].Line,
                $"deputy: '{cell}' is the id or email address of no other contact of this agency in the file"
            )
        );
        return null;
    }

    private IReadOnlyList<Absence> AbsencesOf(List<ImportRow> lines)
    {
        var cell = One(lines, DirectoryCsv.Absences, null) ?? "";
        if (AbsenceCells.Read(cell) is { } absences)
            return absences;
        _errors.Add(
            new(
                lines.First(r => r[DirectoryCsv.Absences].Length > 0).Line,
                "absences: Write them like 2026-12-24 to 2027-01-04; 2027-02-15"
            )
        );
        return [];
    }

    /// <summary>What the lines say together: the first that says something; others may be empty or say the same.</summary>
    /// <param name="there">Taken where the file has no such column, or where only spaces around it differ.</param>
    private string? One(IReadOnlyList<ImportRow> lines, string column, string? there)
    {
        if (!_columns.Contains(column))
            return there;
        var first = lines.FirstOrDefault(r => r[column].Length > 0);
        var said = first?[column] ?? "";
        foreach (var other in lines.Where(r => r[column].Length > 0 && r[column] != said))
            _errors.Add(new(other.Line, $"{column}: Differs from line {first!.Line}"));
        return there?.Trim() == said ? there : said;
    }

    /// <summary>The list as it was, where the file says nothing else than that.</summary>
    private IReadOnlyList<T> Kept<T>(IReadOnlyList<T> read, string column, IReadOnlyList<T>? there) =>
        there is not null && (!_columns.Contains(column) || there.ToHashSet().SetEquals(read)) ? there : read;

    private IReadOnlyList<ContactBody?> InOrder(List<ContactBody> contacts)
    {
        var places = (_before?.Contacts ?? [])
            .Index()
            .DistinctBy(c => c.Item.Id, StringComparer.Ordinal)
            .ToDictionary(c => c.Item.Id, c => c.Index, StringComparer.Ordinal);
        return [.. contacts.OrderBy(c => places.GetValueOrDefault(c.Id!, int.MaxValue))];
    }

    private bool IsAsBefore(AgencyBody body) =>
        EntryService.AreSame(
            _before!,
            new Agency
            {
                Id = _id,
                Name = body.Name ?? "",
                Domains = [.. body.Domains!.OfType<string>()],
                Contacts =
                [
                    .. body.Contacts!.Select(c => new Contact
                    {
                        Id = c!.Id!,
                        Name = c.Name ?? "",
                        Role = c.Role,
                        Email = c.Email ?? "",
                        Tiers = [.. c.Tiers!.OfType<string>()],
                        Deputy = c.Deputy,
                        Absences = [.. c.Absences!.OfType<Absence>()],
                    }),
                ],
            }
        );

    private int LineOf(string field, List<int> lines) =>
        field.StartsWith("contacts[", StringComparison.Ordinal)
        && int.TryParse(field["contacts[".Length..field.IndexOf(']')], out var i)
        && i < lines.Count
            ? lines[i]
            : _rows[0].Line;

    /// <summary>The column of a field of the entry, or of one of its contacts.</summary>
    private static string What(string field)
    {
        var end = field.StartsWith("contacts[", StringComparison.Ordinal) ? field.IndexOf(']') : -1;
        return (OfContact: end >= 0, Name: field[(end + 1)..].TrimStart('.').Split('[')[0]) switch
        {
            (true, "id" or "") => DirectoryCsv.Contact,
            (true, "tiers") => DirectoryCsv.Tier,
            (false, "id") => DirectoryCsv.Agency,
            (false, "name") => DirectoryCsv.AgencyName,
            var (_, name) => name,
        };
    }

    private static bool IsSame(string one, string other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private sealed record PersonLines(string Id, List<ImportRow> Rows);
}
