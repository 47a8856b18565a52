using System.Net;
using System.Text;
using Escalation.Core.Directory;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests.Partnerships;

/// <summary>The directory as a file: out, in, twice, and with faults.</summary>
public sealed class TransferTests : IAsyncLifetime
{
    private const string Import = "/directory/sandwell/import",
        Heads = "agency,agencyName,domains,contact,name,role,email,tier,deputy,absences";

    /// <summary>The school as it stands, a line a tier.</summary>
    private const string School = """
        school,The school,example.org,lead,Lead of school,,lead@school.example.org,lineManager,,
        school,,,lead,,,,safeguardingLead,,
        school,,,lead,,,,headOfService,,
        school,,,lead,,,,director,,
        school,,,lead,,,,practiceManager,,
        school,,,lead,,,,mash,,
        school,,,lead,,,,partnershipRepresentative,,
        """;

    private TestHost _host = null!;
    private StaffSite _manager = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _manager = await StaffSite.ForAsync(_host);
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task An_export_has_a_line_for_each_agency_contact_and_tier()
    {
        var file = await _manager.TextAsync("/directory/sandwell/export");
        Assert.StartsWith(Heads, file.TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.Contains(
            "school,The school,example.org,lead,Lead of school,,lead@school.example.org,headOfService,,",
            file,
            StringComparison.Ordinal
        );
        Assert.Equal(1 + 3 * 7 + 8, file.TrimEnd().Split('\n').Length);
    }

    [Theory]
    [InlineData("The school")]
    [InlineData("the SCHOOL")]
    public async Task An_agency_that_is_named_by_its_name_alone_is_the_one_that_is_there(string name)
    {
        var file = $"{Heads}\n,{name},example.org,lead,Lead of school,,lead@school.example.org,lineManager,,";
        var preview = await _manager.UploadAsync(Import, Encoding.UTF8.GetBytes(file));
        Assert.Contains("0 new, 1 changed", preview.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Importing_an_export_changes_nothing()
    {
        await _host.ChangeAsync(a => new Agency
        {
            Id = a.Id,
            Name = "=SUM(A1) \"quoted\", with commas; and more",
            Domains = ["b.example.org", "a.example.org"],
            Contacts =
            [
                a.Contacts[0] with
                {
                    Name = "'=evil",
                    Role = "-1+2",
                    Deputy = "second",
                    Absences = [new(new(2026, 12, 24), new(2027, 1, 4)), new(new(2027, 2, 15), new(2027, 2, 15))],
                },
                new Contact
                {
                    Id = "second",
                    Name = "@Dee 👩🏽‍🏫",
                    Role = "",
                    Email = "+dee@school.example.org",
                },
                new Contact
                {
                    Id = "third",
                    Name = "''+Tom",
                    Email = "dee@school.example.org",
                    Tiers = ["director", "lineManager"],
                },
            ],
        });
        await _host.ChangeAsync(a => a with { Contacts = [] }, "police");
        var before = await VersionsAsync();
        var file = await _manager.BytesAsync("/directory/sandwell/export");
        Assert.Contains("'=SUM", Encoding.UTF8.GetString(file), StringComparison.Ordinal);
        var preview = await _manager.UploadAsync(Import, file);
        Assert.Equal(HttpStatusCode.OK, preview.Status);
        Assert.Contains("0 new, 0 changed, 4 as they are, 0 with faults.", preview.Words, StringComparison.Ordinal);
        Assert.Contains("there is nothing to import", preview.Words, StringComparison.Ordinal);
        Assert.Equal(before, await VersionsAsync());
    }

    [Theory]
    [InlineData("\uFEFF", ",", "\r\n")]
    [InlineData("", ";", "\r\n")]
    [InlineData("sep=;\r\n", ";", "\r\n")]
    [InlineData("", "\t", "\n")]
    public async Task A_file_is_read_as_spreadsheets_write_it(string before, string separator, string newline)
    {
        var file =
            before
            + string.Join(
                newline,
                (Heads + "\n" + School + "\nschool,,,,Nia New,,nia@school.example.org,Service manager,,\n,,,,,,,,,")
                    .Replace(",", separator, StringComparison.Ordinal)
                    .Split('\n', StringSplitOptions.TrimEntries)
            );
        foreach (var bytes in new[] { Encoding.UTF8.GetBytes(file), [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(file)] })
        {
            var preview = await _manager.UploadAsync(Import, bytes);
            Assert.Equal(HttpStatusCode.OK, preview.Status);
            Assert.Contains(
                "0 new, 1 changed, 0 as they are, 0 with faults. 3 agencies are not in the file",
                preview.Words,
                StringComparison.Ordinal
            );
            Assert.Contains(
                "Added Nia New nia@school.example.org Service manager",
                preview.Words,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task A_file_in_windows_own_letters_is_read_too()
    {
        var bytes = Encoding.Latin1.GetBytes(
            $"{Heads}\nclinic,Caf\u00e9 clinic,,,Zo\u00eb O\u0092Neil,,zoe@example.org,director,,"
        );
        var preview = await _manager.UploadAsync(Import, bytes);
        Assert.Contains("Café clinic", preview.Words, StringComparison.Ordinal);
        Assert.Contains("Zoë O’Neil", preview.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_written_before_the_preview_is_confirmed_and_twice_is_the_same()
    {
        var text = $"""
            {Heads}
            school,The school,example.org,lead,Lead of school,Head,lead@school.example.org,director,nia@school.example.org,24/12/2026 to 4/1/2027
            school,,,,Nia New,,nia@school.example.org,serviceManager,,
            clinic,A clinic,clinic.example.org,,Cay Clinic,,cay@clinic.example.org,lineManager,,
            clinic,,,,,,cay@clinic.example.org,director,,
            """;
        var preview = await PasteAsync(text);
        Assert.Contains("1 new, 1 changed", preview.Words, StringComparison.Ordinal);
        Assert.Contains(
            "tiers: Line or team manager, Named or designated safeguarding lead, Head of service, Director or chief officer,",
            preview.Words,
            StringComparison.Ordinal
        );
        Assert.Contains("deputy: none → Nia New", preview.Words, StringComparison.Ordinal);
        Assert.Single((await _host.AgencyAsync()).Contacts);

        Assert.Equal("/directory/sandwell?done=import", (await _manager.PressAsync(preview)).Location);
        var (school, clinic) = (await _host.AgencyAsync(), await _host.AgencyAsync("clinic"));
        Assert.Equal(["lead", school.Contacts[0].Deputy], school.Contacts.Select(c => c.Id));
        Assert.Equal(new Absence(new(2026, 12, 24), new(2027, 1, 4)), Assert.Single(school.Contacts[0].Absences));
        Assert.Equal(["lineManager", "director"], Assert.Single(clinic.Contacts).Tiers);

        var versions = await VersionsAsync();
        Assert.Equal("/directory/sandwell?done=import", (await _manager.PressAsync(preview)).Location);
        Assert.Contains("there is nothing to import", (await PasteAsync(text)).Words, StringComparison.Ordinal);
        Assert.Equal(versions, await VersionsAsync());
    }

    [Fact]
    public async Task Contacts_that_the_file_does_not_name_are_removed_from_its_agencies_only()
    {
        var preview = await PasteAsync($"{Heads}\nschool,,,,Nia New,,nia@school.example.org,director,,");
        Assert.Contains(
            "Removed Lead of school lead@school.example.org Links already sent to this person lapse.",
            preview.Words,
            StringComparison.Ordinal
        );
        await _manager.PressAsync(preview);
        Assert.Equal("Nia New", Assert.Single((await _host.AgencyAsync()).Contacts).Name);
        Assert.Equal("Lead of trust", Assert.Single((await _host.AgencyAsync("trust")).Contacts).Name);
    }

    [Fact]
    public async Task A_sorted_file_and_one_with_fewer_columns_leave_the_rest_as_it_was()
    {
        await _host.ChangeAsync(a =>
            a with
            {
                Contacts =
                [
                    a.Contacts[0] with
                    {
                        Role = "Head",
                        Deputy = "second",
                    },
                    new Contact
                    {
                        Id = "second",
                        Name = "Dee",
                        Email = "dee@example.org",
                        Tiers = ["director"],
                    },
                ],
            }
        );
        var preview = await PasteAsync(
            """
            tier,email,name,agency
            director,dee@example.org,Dee,school
            partnershipRepresentative,lead@school.example.org,Lead of school,school
            mash,LEAD@school.example.org,Lead of school,school
            practiceManager,lead@school.example.org,,school
            director,lead@school.example.org,,school
            headOfService,lead@school.example.org,,school
            safeguardingLead,lead@school.example.org,,school
            lineManager,lead@school.example.org,,school
            """.Replace("LEAD@", "lead@", StringComparison.Ordinal)
        );
        Assert.Contains("there is nothing to import", preview.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "school,,,,Nia,,nia@example.org,nonsuch,,",
        "Line 2: tier: 'nonsuch' is no tier; use one of board, boardManager"
    )]
    [InlineData("school,,,,Nia,,nobody,director,,", "Line 2: email: Not an email address.")]
    [InlineData("school,,,,Nia,,,director,,", "Line 2: email: Enter the email address")]
    [InlineData(
        "school,,,,Nia,,nia@example.org,director,nobody,",
        "Line 2: deputy: 'nobody' is the id or email address of no other contact"
    )]
    [InlineData(
        "school,,,,Nia,,nia@example.org,director,,soon",
        "Line 2: absences: Write them like 2026-12-24 to 2027-01-04; 2027-02-15"
    )]
    [InlineData(
        "school,,,,Nia,,nia@example.org,director,,\nschool,,,,Mia,,nia@example.org,lineManager,,",
        "Line 3: name: Differs from line 2"
    )]
    [InlineData("school,,,a/b,Nia,,nia@example.org,director,,", "Line 2: contact: Lower-case words joined by hyphens")]
    [InlineData("school,,nonsense,,Nia,,nia@example.org,director,,", "Line 2: domains: A mail domain in lower case")]
    [InlineData("clinic,,,,Nia,,nia@example.org,director,,", "Line 2: agencyName: Required.")]
    [InlineData("Bad Id!,A,,,Nia,,nia@example.org,director,,", "Line 2: agency: Lower-case words joined by hyphens")]
    [InlineData("export,A,,,Nia,,nia@example.org,director,,", "Line 2: agency: 'export' is kept for a page")]
    [InlineData("other,A,,,Nia,,nia@example.org,director,,", "Line 2: agency: Lower-case words joined by hyphens")]
    public async Task A_fault_is_told_by_line_and_only_its_agency_is_left(string lines, string message)
    {
        var faulty = lines + "\npolice,The police force,example.org,,Pat,,pat@example.org,director,,";
        var preview = await PasteAsync($"{Heads}\n{faulty}");
        Assert.Equal(HttpStatusCode.BadRequest, preview.Status);
        Assert.Contains(
            message,
            preview.Html.QuerySelector(".govuk-error-summary")!.TextContent,
            StringComparison.Ordinal
        );
        var before = await _host.VersionAsync();
        Assert.Equal(HttpStatusCode.SeeOther, (await _manager.PressAsync(preview)).Status);
        Assert.Equal(before, await _host.VersionAsync());
        Assert.Equal("The police force", (await _host.AgencyAsync("police")).Name);
    }

    [Fact]
    public async Task The_line_of_a_fault_is_counted_with_the_one_that_names_the_separator()
    {
        const string Lines =
            "school,,,,Nia,,nobody,director,,\npolice,The police force,example.org,,Pat,,pat@example.org,director,,";
        var preview = await PasteAsync($"sep=,\n{Heads}\n{Lines}");
        Assert.Contains(
            "Line 3: email: Not an email address.",
            preview.Html.QuerySelector(".govuk-error-summary")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Two_contacts_of_one_address_are_told_apart_by_their_ids_only()
    {
        await _host.ChangeAsync(a =>
            a with
            {
                Contacts =
                [
                    a.Contacts[0] with
                    {
                        Email = "office@example.org",
                    },
                    new Contact
                    {
                        Id = "second",
                        Name = "Dee",
                        Email = "office@example.org",
                    },
                ],
            }
        );
        var preview = await PasteAsync($"{Heads}\nschool,,,,Dee,,office@example.org,director,,");
        Assert.Contains(
            "Line 2: contact: More than one contact has this email address",
            preview.Words,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_id_with_another_name_and_address_is_pointed_out()
    {
        var preview = await PasteAsync($"{Heads}\nschool,,example.org,lead,Nia New,,nia@example.org,director,,");
        Assert.Contains(
            "Name and address both differ, and links already sent stay good.",
            preview.Words,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_agency_changed_since_the_preview_is_left_and_shown()
    {
        var preview = await PasteAsync(
            $"{Heads}\nschool,,,,Nia New,,nia@example.org,director,,\npolice,,,,Pat,,pat@example.org,director,,"
        );
        await _host.ChangeAsync(a => a with { Domains = ["colleague.example.org"] });
        var conflict = await _manager.PressAsync(preview);
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Contains(
            "Somebody else changed an agency since the preview: The school.",
            conflict.Words,
            StringComparison.Ordinal
        );
        Assert.Contains("1 agency was written.", conflict.Words, StringComparison.Ordinal);
        Assert.Equal("Lead of school", Assert.Single((await _host.AgencyAsync()).Contacts).Name);
        Assert.Equal("Pat", Assert.Single((await _host.AgencyAsync("police")).Contacts).Name);
        Assert.Equal(HttpStatusCode.SeeOther, (await _manager.PressAsync(conflict)).Status);
        Assert.Equal("Nia New", Assert.Single((await _host.AgencyAsync()).Contacts).Name);
    }

    [Fact]
    public async Task A_preview_that_was_made_up_writes_nothing()
    {
        var sent = await _manager.PostAsync(
            Import,
            ("step", "write"),
            ("csv", $"{Heads}\nschool,,,,Nia New,,nia@example.org,director,,"),
            ("versions", "school:99")
        );
        Assert.Equal(HttpStatusCode.Conflict, sent.Status);
        Assert.Equal("Lead of school", Assert.Single((await _host.AgencyAsync()).Contacts).Name);
    }

    [Theory]
    [InlineData("", "Choose a CSV file, or paste its lines")]
    [InlineData("a,b\n1,2", "Line 1: The first line must name the columns; missing: agency, name, email, tier")]
    [InlineData(Heads, "Line 1: The file has no lines below its headings")]
    [InlineData(Heads + "\nschool,\"never closed,,,,,,,,", "Line 2: A cell has a quotation mark that is not closed")]
    public async Task A_file_that_is_none_is_refused(string text, string message)
    {
        var back = await PasteAsync(text);
        Assert.Equal(HttpStatusCode.BadRequest, back.Status);
        Assert.Contains(message, back.Error("file"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_and_so_is_what_is_no_form()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await _manager.UploadAsync(Import, new byte[1024 * 1024 + 1])).Status);
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            (await _manager.UploadAsync(Import, new byte[5 * 1024 * 1024])).Status
        );
        using var client = await _host.AsAsync(Web.Site.SignIn.Roles.BusinessManager, "sandwell");
        using var json = new StringContent("{}", Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await client.PostAsync(Import, json)).StatusCode);
        using var cut = new StringContent(
            "--x\r\nContent-Disposition: form-data; name=\"csv\"\r\n\r\nabc",
            Encoding.UTF8
        );
        cut.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await client.PostAsync(Import, cut)).StatusCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_file_of_15_000_people_of_one_agency_is_refused_at_once_and_so_are_as_many_faults()
    {
        var people = Enumerable.Range(1, 15_000).Select(i => $"school,,,,N{i},,n{i}@e.uk,director,,");
        var many = await PasteAsync($"{Heads}\n{string.Join('\n', people)}");
        Assert.Contains("contacts: At most 200 entries.", many.Words, StringComparison.Ordinal);

        var faults = Enumerable.Range(1, 15_000).Select(i => $"school,,,,N{i},,n{i}@e.uk,nobody{i},,");
        var back = await PasteAsync($"{Heads}\n{string.Join('\n', faults)}");
        Assert.Contains(
            "There are 14900 more faults in the lines of this agency",
            back.Words,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_a_file_holds_is_shown_as_text()
    {
        var preview = await PasteAsync(
            $"{Heads}\nclinic,<script>alert(1)</script>,,,\"<img src=x>\",,nia@example.org,<b>x</b>,,\n"
                + "clinic2,<script>alert(1)</script>,,,\"<img src=x>\",,nia@example.org,director,,"
        );
        Assert.Empty(preview.Html.QuerySelectorAll("script, img, b"));
        Assert.Contains("<img src=x>", preview.Words, StringComparison.Ordinal);
    }

    private Task<Seen> PasteAsync(string text) => _manager.PostAsync(Import, ("csv", text));

    private async Task<string> VersionsAsync() =>
        string.Join(
            ' ',
            (await _host.Store.ListAsync("agency", "sandwell/", CancellationToken.None)).Select(r =>
                $"{r.Id}:{r.Version}"
            )
        );
}
