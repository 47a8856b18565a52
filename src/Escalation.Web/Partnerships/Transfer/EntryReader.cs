using Escalation.Core.Partnerships;
using Escalation.Core.Policies;
using Escalation.Web.Wording;

namespace Escalation.Web.Partnerships.Transfer;

/// <summary>
/// Makes one agency's entry of its lines. What a file has no column for stays as it was, and so does the order of what is there: a file that was only sorted changes nothing.
/// </summary>
internal sealed class EntryReader(string id, Agency? before, IReadOnlyList<ImportRow> rows, IReadOnlySet<string> columns, IReadOnlySet<string> tiers, Func<string> newId)
{
    private readonly List<LineError> _errors = [];

    /// <summary>The entry, or null with the faults of its lines.</summary>
    public (Agency? Agency, IReadOnlyList<LineError> Errors) Read()
    {
        var people = People();
        var contacts = people.Select(p => ContactOf(p, people)).ToList();
        var body = new AgencyBody(
            id, One(rows, DirectoryCsv.AgencyName, before?.Name) is { Length: > 0 } name ? name : before?.Name,
            Kept(AgencyForms.DomainsOf(One(rows, DirectoryCsv.Domains, null) ?? ""), DirectoryCsv.Domains, before?.Domains), InOrder(contacts));
        if (_errors.Count > 0)
            return (null, _errors);
        var (agency, problem) = new AgencyForm(tiers).Read(id, body);
        if (agency is not null)
            return (agency, []);
        if (before is not null && IsAsBefore(body))
            return (before, []);
        var lines = body.Contacts!.Select(c => people.First(p => p.Id == c!.Id).Rows[0].Line).ToList();
        return (null, [.. problem!.Errors!.Select(e => new LineError(LineOf(e.Key, lines), $"{What(e.Key)}: {string.Join(' ', e.Value)}"))]);
    }

    /// <summary>Lines of the same person: by the contact's id, else by an address that is in the directory or stands beside an id in the file.</summary>
    private List<Person> People()
    {
        var people = new List<Person>();
        foreach (var row in rows.Where(r => r[DirectoryCsv.Contact].Length + r[DirectoryCsv.Name].Length + r[DirectoryCsv.Email].Length + r[DirectoryCsv.Tier].Length > 0))
        {
            var (contact, email) = (row[DirectoryCsv.Contact], row[DirectoryCsv.Email]);
            if (contact.Length == 0 && email.Length == 0)
                _errors.Add(new(row.Line, "email: Enter the email address"));
            else if (contact.Length == 0 && before?.Contacts.Count(c => IsSame(c.Email, email)) > 1)
                _errors.Add(new(row.Line, "contact: More than one contact has this email address: enter the contact's own id"));
            else if (people.Find(p => p.Id == IdOf(contact, email) || (contact.Length == 0 && IsSame(p.Rows[0][DirectoryCsv.Email], email))) is { } known)
                known.Rows.Add(row);
            else
                people.Add(new Person(IdOf(contact, email) ?? newId(), [row]));
        }
        return people;
    }

    private string? IdOf(string contact, string email)
    {
        if (contact.Length > 0)
            return contact;
        if (before?.Contacts.FirstOrDefault(c => IsSame(c.Email, email)) is { } there)
            return there.Id;
        return rows.FirstOrDefault(r => r[DirectoryCsv.Contact].Length > 0 && IsSame(r[DirectoryCsv.Email], email))?[DirectoryCsv.Contact];
    }

    private ContactBody ContactOf(Person person, List<Person> people)
    {
        var there = before?.Contacts.FirstOrDefault(c => c.Id == person.Id);
        var role = One(person.Rows, DirectoryCsv.Role, there?.Role);
        return new ContactBody(
            person.Id, One(person.Rows, DirectoryCsv.Name, there?.Name), string.IsNullOrEmpty(role) && string.IsNullOrEmpty(there?.Role) ? there?.Role : role is "" ? null : role,
            One(person.Rows, DirectoryCsv.Email, there?.Email), Kept(TiersOf(person.Rows), DirectoryCsv.Tier, there?.Tiers), DeputyOf(person, people, there),
            Kept(AbsencesOf(person.Rows), DirectoryCsv.Absences, there?.Absences).Select(a => (Absence?)a).ToList());
    }

    private List<string> TiersOf(List<ImportRow> lines)
    {
        var found = new List<string>();
        foreach (var row in lines.Where(r => r[DirectoryCsv.Tier].Length > 0))
            if (tiers.FirstOrDefault(t => t == row[DirectoryCsv.Tier] || IsSame(StageWords.Tier(t), row[DirectoryCsv.Tier])) is { } tier)
                found.Add(tier);
            else
                _errors.Add(new(row.Line, $"tier: '{row[DirectoryCsv.Tier]}' is no tier; use one of {string.Join(", ", tiers.Order(StringComparer.Ordinal))}"));
        return [.. found.Distinct()];
    }

    private string? DeputyOf(Person person, List<Person> people, Contact? there)
    {
        var cell = One(person.Rows, DirectoryCsv.Deputy, there?.Deputy);
        if (string.IsNullOrEmpty(cell))
            return null;
        if (people.Find(p => p.Id == cell || IsSame(p.Rows[0][DirectoryCsv.Email], cell)) is { } deputy && deputy.Id != person.Id)
            return deputy.Id;
        _errors.Add(new(person.Rows[0].Line, $"deputy: '{cell}' is the id or email address of no other contact of this agency in the file"));
        return null;
    }

    private IReadOnlyList<Absence> AbsencesOf(List<ImportRow> lines)
    {
        var cell = One(lines, DirectoryCsv.Absences, null) ?? "";
        if (AbsenceCells.Read(cell) is { } absences)
            return absences;
        _errors.Add(new(lines.First(r => r[DirectoryCsv.Absences].Length > 0).Line, "absences: Write them like 2026-12-24 to 2027-01-04; 2027-02-15"));
        return [];
    }

    /// <summary>What the lines say together: the first that says something; others may be empty or say the same.</summary>
    /// <param name="there">Taken where the file has no such column, or where only spaces around it differ.</param>
    private string? One(IReadOnlyList<ImportRow> lines, string column, string? there)
    {
        if (!columns.Contains(column))
            return there;
        var said = lines.FirstOrDefault(r => r[column].Length > 0)?[column] ?? "";
        foreach (var other in lines.Where(r => r[column].Length > 0 && r[column] != said))
            _errors.Add(new(other.Line, $"{column}: Differs from line {lines.First(r => r[column].Length > 0).Line}"));
        return there?.Trim() == said ? there : said;
    }

    /// <summary>The list as it was, where the file says nothing else than that.</summary>
    private IReadOnlyList<T> Kept<T>(IReadOnlyList<T> read, string column, IReadOnlyList<T>? there) =>
        there is not null && (!columns.Contains(column) || there.ToHashSet().SetEquals(read)) ? there : read;

    private IReadOnlyList<ContactBody?> InOrder(List<ContactBody> contacts)
    {
        var order = before?.Contacts.Select(c => c.Id).ToList() ?? [];
        return [.. contacts.OrderBy(c => order.IndexOf(c.Id!) is var at and >= 0 ? at : int.MaxValue)];
    }

    private bool IsAsBefore(AgencyBody body) => EntryDesk.AreSame(before!, new Agency
    {
        Id = id,
        Name = body.Name ?? "",
        Domains = [.. body.Domains!.OfType<string>()],
        Contacts = [.. body.Contacts!.Select(c => new Contact { Id = c!.Id!, Name = c.Name ?? "", Role = c.Role, Email = c.Email ?? "", Tiers = [.. c.Tiers!.OfType<string>()], Deputy = c.Deputy, Absences = [.. c.Absences!.OfType<Absence>()] })],
    });

    private int LineOf(string field, List<int> lines) =>
        field.StartsWith("contacts[", StringComparison.Ordinal) && int.TryParse(field["contacts[".Length..field.IndexOf(']')], out var i) && i < lines.Count ? lines[i] : rows[0].Line;

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

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private sealed record Person(string Id, List<ImportRow> Rows);
}
